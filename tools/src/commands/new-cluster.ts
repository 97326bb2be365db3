import { cancel, group, intro, outro, select, text } from '@clack/prompts';
import { formatDiagnostics } from '@lgtm-fleet/diagnostics';
import { parse } from '@lgtm-fleet/spec';
import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { print, type ExitCode } from '../console.ts';
import { clusterFile, storageKinds, type Answers } from '../workspace/cluster-file.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

export interface NewClusterOptions {
  readonly name?: string;
  readonly nodes?: string;
  readonly zones?: string;
  readonly storageClass?: string;
  readonly objectStorage?: string;
  readonly region?: string;
  readonly bucketPrefix?: string;
  readonly storageAccount?: string;
  readonly hub?: string;
  readonly root?: string;
}

/** Writes `clusters/<name>/cluster.yaml` from answers or flags; never over a file that is there. */
export async function newCluster(options: NewClusterOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(options.root);
  if (isProblem(workspace)) return workspace;
  const answers = options.name === undefined ? await ask() : fromFlags(options.name, options);
  if (isProblem(answers)) return answers;

  const path = `clusters/${answers.name}/cluster.yaml`;
  const source = { path, text: clusterFile(answers) };
  const parsed = parse(source);
  if (!parsed.ok)
    return problem(
      `these answers make no cluster:\n${formatDiagnostics(parsed.diagnostics, () => source.text)}`,
      undefined,
      1,
    );
  const folder = join(workspace.root, 'clusters', answers.name);
  if (existsSync(folder) && (lstatSync(folder).isSymbolicLink() || existsSync(join(workspace.root, path)))) {
    return problem(`${path} is there already`, 'edit it, or choose another name', 1);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(workspace.root, path), source.text, { flag: 'wx' });
  print(`wrote ${path}; now run \`nx run tools:generate-overlay --cluster=${answers.name}\``);
  if (existsSync(join(workspace.root, '.github/CODEOWNERS')))
    print(`and say in .github/CODEOWNERS who owns /clusters/${answers.name}/ and /overlays/${answers.name}/`);
  return 0;
}

const PREFIX = ['bucketPrefix', '--bucket-prefix'] as const;
const NEEDED: Readonly<Record<string, readonly (readonly [keyof NewClusterOptions, string])[]>> = {
  s3: [['region', '--region'], PREFIX],
  gcs: [PREFIX],
  azure: [['storageAccount', '--storage-account'], PREFIX],
};

function fromFlags(name: string, options: NewClusterOptions): Answers | Problem {
  const nodes = Number(options.nodes ?? '1');
  if (!Number.isInteger(nodes)) return problem(`--nodes is a whole number, not '${options.nodes ?? ''}'`);
  const named = options.objectStorage ?? 'filesystem';
  const storage = storageKinds.find((kind) => kind === named);
  if (storage === undefined) return problem(`--object-storage is ${storageKinds.join(', ')}, not '${named}'`);
  const needed = (NEEDED[storage] ?? []).filter(([key]) => options[key] === undefined);
  if (needed.length > 0)
    return problem(`--object-storage=${storage} needs ${needed.map(([, flag]) => flag).join(' and ')}`);
  return {
    name,
    nodes,
    zones: options.zones === undefined || options.zones === '' ? [] : options.zones.split(','),
    ...(options.storageClass !== undefined && { storageClass: options.storageClass }),
    storage,
    ...(options.region !== undefined && { region: options.region }),
    ...(options.bucketPrefix !== undefined && { bucketPrefix: options.bucketPrefix }),
    ...(options.storageAccount !== undefined && { storageAccount: options.storageAccount }),
    ...(options.hub !== undefined && { hub: options.hub }),
  };
}

async function ask(): Promise<Answers | Problem> {
  if (!process.stdin.isTTY) return problem('there is no terminal to ask on', 'say at least --name, or see --help');
  intro('A new cluster');
  const result = await group(
    {
      name: () =>
        text({
          message: 'Name (also of its folder)',
          placeholder: 'home-lab',
          validate: (value) =>
            /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/.test(value ?? '')
              ? undefined
              : 'lower-case letters, digits and dashes, at most 40',
        }),
      nodes: () =>
        text({
          message: 'Nodes that may run it',
          initialValue: '1',
          validate: (value) => (Number.isInteger(Number(value)) && Number(value) > 0 ? undefined : 'a whole number'),
        }),
      zones: ({ results }) =>
        Number(results.nodes) < 3
          ? Promise.resolve('')
          : text({ message: 'Three zones, with commas; empty for none', initialValue: '' }),
      storageClass: () => text({ message: "StorageClass; empty for the cluster's default", initialValue: '' }),
      storage: ({ results }) =>
        select({
          message: 'Where are logs, metrics and traces kept?',
          options: [
            ...(Number(results.nodes) === 1
              ? [{ value: 'filesystem' as const, label: 'On the volumes of the stores' }]
              : []),
            { value: 's3' as const, label: 'In S3 or a compatible store' },
            { value: 'gcs' as const, label: 'In Google Cloud Storage' },
            { value: 'azure' as const, label: 'In Azure Blob Storage' },
            { value: 'seaweedfs' as const, label: 'In SeaweedFS, inside the cluster' },
          ],
        }),
      region: ({ results }) =>
        results.storage === 's3' ? text({ message: 'Region', placeholder: 'eu-central-1' }) : Promise.resolve(''),
      storageAccount: ({ results }) =>
        results.storage === 'azure' ? text({ message: 'Storage account', placeholder: 'acme' }) : Promise.resolve(''),
      bucketPrefix: ({ results }) =>
        typeof results.storage === 'string' && results.storage in NEEDED
          ? text({
              message: `Prefix of the ${results.storage === 'azure' ? 'container' : 'bucket'} names`,
              placeholder: `acme-${String(results.name)}`,
            })
          : Promise.resolve(''),
    },
    {
      onCancel: () => {
        cancel('Nothing was written.');
        process.exit(1);
      },
    },
  );
  outro('Thank you.');
  const given = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const storageClass = given(result.storageClass);
  const region = given(result.region);
  const bucketPrefix = given(result.bucketPrefix);
  const storageAccount = given(result.storageAccount);
  return {
    name: result.name,
    nodes: Number(result.nodes),
    zones:
      given(result.zones)
        ?.split(',')
        .map((zone) => zone.trim()) ?? [],
    storage: result.storage as Answers['storage'],
    ...(storageClass !== undefined && { storageClass }),
    ...(region !== undefined && { region }),
    ...(bucketPrefix !== undefined && { bucketPrefix }),
    ...(storageAccount !== undefined && { storageAccount }),
  };
}
