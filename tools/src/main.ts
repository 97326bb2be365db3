#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import type { BootstrapOptions } from './commands/bootstrap.ts';
import type { DiffCommandOptions } from './commands/diff.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import type { E2eOptions } from './commands/e2e.ts';
import type { ImportOptions } from './commands/import.ts';
import type { LintOptions } from './commands/lint.ts';
import type { RotateOptions } from './commands/rotate.ts';
import type { TeardownOptions } from './commands/teardown.ts';
import { run } from './console.ts';

// Starting takes longer than generating a cluster; compiled modules are kept beside the other caches.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/lgtm-fleet/compiled'));

const program = new Command('lgtm-fleet')
  .description('Overlays for Grafana Loki, Mimir, Tempo, Grafana and Alloy from one small file a cluster')
  .configureHelp({ sortSubcommands: true })
  .exitOverride();

const root = ['--root <folder>', 'work on another checkout'] as const;
const cluster = ['--cluster <name>', 'one cluster instead of all'] as const;

// Each command is loaded when it is asked for: a check of one cluster should not wait for prompts it never shows.
program
  .command('generate-overlay')
  .description('write overlays/ and clusters/*/applications from the cluster files')
  .option(...cluster)
  .option('--check', 'write nothing; fail where a generated file is not as the specs say')
  .option(...root)
  .action((options: { cluster?: string; check?: boolean; root?: string }) =>
    run(async () => (await import('./commands/generate-overlay.ts')).generateOverlay(options)),
  );

program
  .command('generate-schema')
  .description('write schemas/cluster.schema.json, by which editors complete cluster.yaml')
  .option('--check', 'write nothing; fail where it is stale')
  .option(...root)
  .action((options: { check?: boolean; root?: string }) =>
    run(async () => (await import('./commands/generate-schema.ts')).generateSchema(options)),
  );

program
  .command('generate-rules')
  .description("write what follows from the linter's rules: their index, the heads of their pages, docs/rules")
  .option('--check', 'write nothing; fail where something is stale')
  .option(...root)
  .action((options: { check?: boolean; root?: string }) =>
    run(async () => (await import('./commands/generate-rules.ts')).generateRules(options)),
  );

program
  .command('new-rule')
  .description('make the folder of a new rule of the linter')
  .requiredOption('--id <id>', 'kebab-case, names the bad thing')
  .requiredOption('--family <family>', 'rings, network, storage, kafka, tenancy, …')
  .option(...root)
  .action((options: { id: string; family: string; root?: string }) =>
    run(async () => (await import('./commands/new-rule.ts')).newRule(options)),
  );

program
  .command('lint')
  .description('find what breaks between components, at the place that a person edits')
  .option(...cluster)
  .option('--fix', 'write the safe fixes')
  .option('--format <format>', 'pretty, json, sarif, github, junit or markdown', 'pretty')
  .option(
    '--output <format=file>',
    'also write a report to a file; again for each',
    (each, all: string[]) => [...all, each],
    [],
  )
  .option('--base <revision>', 'also find what a change from there breaks')
  .option(...root)
  .action((options: LintOptions) => run(async () => (await import('./commands/lint.ts')).lintClusters(options)));

program
  .command('plan')
  .description('print what runs on a cluster and why')
  .option(...cluster)
  .option('--json', 'for programs')
  .option(...root)
  .action((options: { cluster?: string; json?: boolean; root?: string }) =>
    run(async () => (await import('./commands/plan.ts')).showPlan(options)),
  );

program
  .command('render')
  .description('render the committed overlays with the real Kustomize')
  .option(...cluster)
  .option('--output <folder>', 'write one file for each Application instead of printing all')
  .option(...root)
  .action((options: { cluster?: string; output?: string; root?: string }) =>
    run(async () => (await import('./commands/render.ts')).renderOverlays(options)),
  );

program
  .command('diff')
  .description('say what a change would do to the clusters, and above all to their data')
  .requiredOption('--base <revision>', 'branch, tag or commit that the change starts from')
  .option('--head <revision>', 'the change, unless it is what lies in the working tree')
  .option(...cluster)
  .option('--format <name>', 'pretty, json or markdown', 'pretty')
  .option('--approvals <file>', 'text of the pull request, whose lines approve dangers; else $LGTM_FLEET_APPROVALS')
  .option('--output <file>', 'write the report there instead of printing it')
  .option(...root)
  .action((options: DiffCommandOptions) => run(async () => (await import('./commands/diff.ts')).showDiff(options)));

program
  .command('dry-run')
  .description('ask the API server of KUBECONFIG whether it would take every rendered object')
  .option(...cluster)
  .option('--create-namespaces', 'make the namespaces for real, since objects in a missing one are refused')
  .option(...root)
  .action((options: { cluster?: string; createNamespaces?: boolean; root?: string }) =>
    run(async () => (await import('./commands/dry-run.ts')).dryRun(options)),
  );

program
  .command('bench')
  .description('measure the commands, against bare Kustomize and kubeconform')
  .option('--of <commands>', 'generate, lint, diff, ingest, or some of them', 'generate,lint,diff,ingest')
  .option('--sizes <counts>', 'numbers of clusters', '1,10,50')
  .option('--json', 'for programs')
  .action((options: { of: string; sizes: string; json?: boolean }) =>
    run(async () => (await import('./commands/bench.ts')).bench(options)),
  );

program
  .command('fetch-schemas')
  .description("write schemas/kubernetes from a running API server's own description")
  .option('--kubeconfig <file>', 'unless KUBECONFIG is right')
  .option(...root)
  .action((options: { kubeconfig?: string; root?: string }) =>
    run(async () => (await import('./commands/fetch-schemas.ts')).fetchSchemas(options)),
  );

program
  .command('bootstrap')
  .description('make an empty cluster into what its file says: Argo CD, secrets, the root Application')
  .requiredOption('--cluster <name>', 'the cluster file')
  .option('--context <name>', 'context of the kubeconfig, unless its current one is right')
  .option('--repo <url>', 'git repository that Argo CD reads, unless the one of the spec is right')
  .option('--revision <name>', 'branch, tag or commit that Argo CD reads')
  .option('--argocd-manifests <path>', 'file or Kustomize folder with the pinned Argo CD, where there is no internet')
  .option(
    '--secret <name/key=@file>',
    'a secret that only you know; again for each',
    (each, all: string[]) => [...all, each],
    [],
  )
  .option('--timeout <duration>', 'how long to wait until everything is healthy', '30m')
  .option('--no-wait', 'do not wait until everything is healthy')
  .option('--dry-run', 'say what would be done, and do nothing')
  .option(...root)
  .action((options: BootstrapOptions) => run(async () => (await import('./commands/bootstrap.ts')).bootstrap(options)));

program
  .command('rotate')
  .description('give tenants, writers and readers another password or token, in two halves between which both open')
  .requiredOption('--cluster <name>', 'the cluster file')
  .option('--context <name>', 'context of the kubeconfig, unless its current one is right')
  .option(
    '--user <name>',
    'a tenant, a writer or a reader; again for each',
    (each, all: string[]) => [...all, each],
    [],
  )
  .option('--finish', 'the second half: what was shown before opens nothing any more')
  .option('--revoke', 'take away what is left of users whom the spec does not name any more')
  .option('--force', 'finish though somebody still shows what was shown before')
  .option('--unused-for <duration>', 'how long nobody must have shown it', '5m')
  .option(
    '--secret <name/key=@file>',
    'what a user is to show, instead of something made up; again for each',
    (each, all: string[]) => [...all, each],
    [],
  )
  .option('--timeout <duration>', 'how long to wait for pods', '5m')
  .option('--dry-run', 'say what would be done, and do nothing')
  .option(...root)
  .action((options: RotateOptions) => run(async () => (await import('./commands/rotate.ts')).rotate(options)));

program
  .command('teardown')
  .description('take the stack out of a cluster; volumes, Secrets and Argo CD stay unless told otherwise')
  .requiredOption('--cluster <name>', 'the cluster file that it was made from')
  .option('--context <name>', 'context of the kubeconfig, unless its current one is right')
  .option('--yes', 'do not ask')
  .option('--delete-data', 'also delete the namespaces, with volumes and Secrets')
  .option('--argocd', 'also delete Argo CD')
  .action((options: TeardownOptions) => run(async () => (await import('./commands/teardown.ts')).teardown(options)));

program
  .command('doctor')
  .description('say what is wrong with a running cluster and why, and what to do next; changes nothing')
  .requiredOption('--cluster <name>', 'the cluster file')
  .option('--context <name>', 'context of the kubeconfig, unless its current one is right')
  .option('--send-canary', 'also send a series, a line and a trace through the gateway, and follow them')
  .option('--without <components>', 'components to leave out, with commas, where this cluster cannot run them')
  .option('--json', 'for programs')
  .option('--watch [duration]', 'look again and again, and print what changes')
  .option('--bundle <file>', 'also write a support bundle (.zip) with secrets removed')
  .option(...root)
  .action((options: DoctorOptions) => run(async () => (await import('./commands/doctor.ts')).doctor(options)));

program
  .command('e2e')
  .description('prove on the cluster of KUBECONFIG that telemetry goes in, comes out, is correlated and survives')
  .option('--scenarios <names>', 'which ones', 'single,outside,highly-available,distributed,restore')
  .option('--context <name>', 'context of the kubeconfig, unless its current one is right')
  .option('--git-address <address>', 'address of this machine that the cluster reaches')
  .option('--testbed <program>', 'used where the cluster is its own', '../shared/testbed/testbed')
  .option('--report <file>', 'where the report is kept as JSON', '.cache/e2e-report.json')
  .action((options: E2eOptions) => run(async () => (await import('./commands/e2e.ts')).e2e(options)));

program
  .command('new-cluster')
  .description('write a new cluster file, from questions or from flags')
  .option('--name <name>', 'name of the cluster; without it, questions are asked')
  .option('--nodes <count>', 'nodes that may run the stack')
  .option('--zones <names>', 'three zones, with commas')
  .option('--storage-class <name>', "the cluster's default class unless said")
  .option('--object-storage <kind>', 'filesystem, seaweedfs, s3, gcs or azure')
  .option('--region <name>', 'for s3')
  .option('--bucket-prefix <prefix>', 'for s3, gcs and azure')
  .option('--storage-account <name>', 'for azure')
  .option('--hub <name>', 'makes the cluster an edge of that hub')
  .option(...root)
  .action((options: Record<string, string>) =>
    run(async () => (await import('./commands/new-cluster.ts')).newCluster(options)),
  );

program
  .command('import')
  .description('draft a cluster file from what runs today, with a report of every key')
  .requiredOption('--from <path>', 'the file or folder that holds the configuration')
  .requiredOption('--as <kind>', 'what it is the configuration of')
  .requiredOption('--cluster <name>', 'name of the cluster that is drafted')
  .option('--format <format>', 'pretty, markdown or json', 'pretty')
  .option('--dry-run', 'print what would be written, and write nothing')
  .option(...root)
  .action((options: ImportOptions) =>
    run(async () => (await import('./commands/import.ts')).importConfiguration(options)),
  );

// Who reads the output may have seen enough (`| head`): what is left to do is done, and the rest said to nobody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
