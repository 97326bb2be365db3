import { formatDiagnostic } from '@lgtm-fleet/diagnostics';
import { ARGOCD_NAMESPACE, namespaces } from '@lgtm-fleet/overlay';
import { findKustomize, renderAll } from '@lgtm-fleet/render';
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { complain, print, type ExitCode } from '../console.ts';
import { openClusters } from '../workspace/open.ts';
import { problem, type Problem } from '../workspace/problem.ts';
import { foldersOf } from './render.ts';

export interface DryRunOptions {
  readonly cluster?: string;
  readonly createNamespaces?: boolean;
  readonly root?: string;
}

/**
 * Asks a real API server (KUBECONFIG) whether it would take every rendered object: server-side apply, dry run,
 * strict validation. A warning of the server is a finding. Only namespaces are ever really made, and only on request.
 */
export async function dryRun(options: DryRunOptions): Promise<ExitCode | Problem> {
  const opened = openClusters(options);
  if (!opened.ok) return opened.ended;
  const { root } = opened.workspace;
  const version = kubectl(['version', '-o', 'json'], '');
  if (version.status !== 0)
    return problem(
      `there is no API server to ask: ${version.stderr.trim().split('\n').at(-1) ?? ''}`,
      'set KUBECONFIG, and have kubectl on the PATH',
    );
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) {
    complain(formatDiagnostic(kustomize.error));
    return 2;
  }
  if (options.createNamespaces === true) for (const name of [ARGOCD_NAMESPACE, ...namespaces]) createNamespace(name);
  const folders = opened.clusters.flatMap(({ cluster }) => foldersOf(root, cluster.metadata.name));
  const rendered = await renderAll(
    kustomize.kustomize,
    folders.map((folder) => join(root, folder)),
    availableParallelism(),
  );
  let objects = 0;
  let findings = 0;
  folders.forEach((folder, index) => {
    const result = rendered[index];
    if (result?.ok !== true) {
      findings += 1;
      complain(`${folder}: ${result?.error.message ?? 'not rendered'}`);
      return;
    }
    const count = parseAllDocuments(result.manifests).length;
    const answer = kubectl(
      [
        'apply',
        '--server-side',
        '--force-conflicts',
        '--dry-run=server',
        '--validate=strict',
        '--field-manager=lgtm-fleet',
        '-f',
        '-',
      ],
      result.manifests,
    );
    const said = answer.stderr.split('\n').filter((line) => line.trim() !== '');
    const taken = answer.stdout.split('\n').filter((line) => line.includes('(server dry run)')).length;
    objects += taken;
    findings += said.length + (answer.status === 0 ? 0 : 1);
    print(
      `${folder.padEnd(44)} ${String(taken).padStart(4)} of ${String(count).padStart(4)} taken${said.length === 0 ? '' : `, ${String(said.length)} said`}`,
    );
    for (const line of said) complain(`  ${line}`);
  });
  print(
    `${String(objects)} objects in ${String(folders.length)} folders: ${findings === 0 ? 'taken without a warning' : `${String(findings)} findings`}`,
  );
  return findings === 0 ? 0 : 1;
}

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function kubectl(args: readonly string[], input: string): Answer {
  const { status, stdout, stderr, error } = spawnSync('kubectl', args, {
    input,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 2 ** 28,
  });
  return error === undefined ? { status, stdout, stderr } : { status: 127, stdout: '', stderr: error.message };
}

function createNamespace(name: string): void {
  const manifest = kubectl(['create', 'namespace', name, '--dry-run=client', '-o', 'yaml'], '');
  kubectl(['apply', '-f', '-'], manifest.stdout);
}
