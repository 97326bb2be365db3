import { formatDiagnostics } from '@lgtm-fleet/diagnostics';
import { countOf, importFrom, jsonReport, kinds, markdownReport, summary, type Imported } from '@lgtm-fleet/imports';
import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { complain, print, printDiagnostics, type ExitCode } from '../console.ts';
import { readInputs } from '../workspace/import-inputs.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

export interface ImportOptions {
  readonly from: string;
  readonly as: string;
  readonly cluster: string;
  readonly format: string;
  readonly dryRun?: boolean;
  readonly root?: string;
}

const CLUSTER = /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/;
const formats = { pretty: summary, markdown: markdownReport, json: jsonReport } as const;

/**
 * Reads what runs today, and writes what would come along. 0: everything is carried over, as it was or changed; 1:
 * something is not, and the report says what; 2: nothing could be read.
 */
export function importConfiguration(options: ImportOptions): ExitCode | Problem {
  const kind = kinds.find(({ name }) => name === options.as);
  if (kind === undefined)
    return problem(`--as is ${kinds.map(({ name }) => name).join(', ')}, not '${options.as.slice(0, 80)}'`);
  if (!CLUSTER.test(options.cluster))
    return problem('--cluster is lower-case letters, digits and dashes, at most 40, not at the ends with a dash');
  const format = Object.entries(formats).find(([name]) => name === options.format)?.[1];
  if (format === undefined)
    return problem(`--format is ${Object.keys(formats).join(', ')}, not '${options.format.slice(0, 80)}'`);
  const workspace = openWorkspace(options.root);
  if (isProblem(workspace)) return workspace;
  const inputs = readInputs(options.from);
  if (isProblem(inputs)) return inputs;

  const imported = importFrom(kind, { cluster: options.cluster, files: inputs.files, unread: inputs.unread });
  const texts = new Map(inputs.files.map(({ path, text }) => [path, text]));
  if (imported.unreadable.length > 0) printDiagnostics(imported.unreadable, texts);
  if (!imported.valid) complain(formatDiagnostics(imported.faults, () => imported.draft.text));
  const report = format(imported).trimEnd();
  if (countOf(imported.entries, 'carried') + countOf(imported.entries, 'changed') === 0) {
    print(report);
    return problem(
      `nothing of ${options.from} comes along, so nothing was written`,
      `is it the configuration of ${kind.name}? It is read from ${kind.description}`,
    );
  }
  const files = outputs(imported, existsSync(join(workspace.root, imported.draft.path)));
  if (options.dryRun === true && options.format === 'pretty')
    for (const [path, text] of files) print(`--- ${path}\n${text}`);
  const refused = options.dryRun === true ? undefined : write(workspace.root, files);
  if (refused !== undefined) return refused;
  print(report);
  if (options.dryRun !== true && options.format === 'pretty')
    print(['', ...[...files.keys()].map((path) => `wrote ${path}`)].join('\n'));
  return exitCode(imported);
}

/** Every file by its path. A draft that is no cluster, or for which there is one already, lies beside its report. */
function outputs(imported: Imported, taken: boolean): ReadonlyMap<string, string> {
  const { cluster, kind, draft, valid, files } = imported;
  const folder = `clusters/${cluster}`;
  const reports = `${folder}/import/${kind}`;
  const own = !taken && valid ? folder : reports;
  return new Map([
    [`${own}/cluster.yaml`, draft.text],
    ...files.map(({ path, text }) => [`${folder}/${path}`, text] as const),
    [`${reports}/report.md`, markdownReport(imported)],
    [`${reports}/report.json`, jsonReport(imported)],
  ]);
}

/** Nothing is written over, and nothing is written where one of the files is there already. */
function write(root: string, files: ReadonlyMap<string, string>): Problem | undefined {
  for (const path of files.keys()) {
    const parts = path.split('/');
    const link = parts
      .map((_, at) => parts.slice(0, at + 1).join('/'))
      .find((part) => lstatSync(join(root, part), { throwIfNoEntry: false })?.isSymbolicLink() === true);
    if (link !== undefined)
      return problem(`${link} is a symbolic link`, 'make it a folder; nothing is written through a link', 1);
    if (existsSync(join(root, path)))
      return problem(
        `${path} is there already`,
        'nothing was written; move it away, choose another --cluster, or look with --dry-run',
        1,
      );
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
  return undefined;
}

function exitCode({ entries, valid, unreadable }: Imported): ExitCode {
  const lost = countOf(entries, 'impossible') + countOf(entries, 'unknown');
  return lost === 0 && valid && unreadable.length === 0 ? 0 : 1;
}
