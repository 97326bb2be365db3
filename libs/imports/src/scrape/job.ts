import type { Drafted, YamlMap } from '../core/draft.ts';
import { child, isMap, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading, ScrapeContext } from './context.ts';
import { discoveries, otherDiscoveries } from './discovery.ts';
import { fileGroups } from './file-targets.ts';
import { kubernetesVerdict } from './kubernetes.ts';
import { commonOf, httpOf } from './options.ts';
import { probeOf } from './probe.ts';
import { remark } from './remarks.ts';
import { groupsOf, type TargetGroup } from './targets.ts';

/** The sources that one job becomes: one for each group of targets with labels of its own, and for each list. */
export function readJob(job: SourceNode, context: ScrapeContext): readonly Drafted[] {
  const { ledger } = context;
  const jobName = textOf(child(job, 'job_name'));
  if (!isMap(job) || jobName === undefined) {
    ledger.impossible(job, 'it is no job: a job has a `job_name`');
    return [];
  }
  const kubernetes = child(job, 'kubernetes_sd_configs');
  const verdict = kubernetes === undefined ? undefined : kubernetesVerdict(job);
  const others = otherDiscoveries(job);
  const finds = ['static_configs', 'file_sd_configs', ...Object.keys(discoveries)].some(
    (key) => child(job, key) !== undefined,
  );
  if (!finds) {
    if (verdict?.outcome === 'changed') ledger.changed(job, verdict.to, `job ${quoted(jobName)}: ${verdict.how}`);
    else ledger.impossible(job, `job ${quoted(jobName)}: ${verdict?.why ?? noTargets(others)}`);
    return [];
  }

  const source = context.name(jobName);
  const reading: Reading = { ...context, to: `ingest.sources[${source}]`, source, fatal: [] };
  if (verdict?.outcome === 'changed') ledger.changed(kubernetes, verdict.to, verdict.how);
  else ledger.impossible(kubernetes, verdict?.why ?? '');
  for (const key of others) ledger.impossible(child(job, key), noTargets([key]));
  if (source === jobName) ledger.carried(child(job, 'job_name'), `${reading.to}.name`);
  else
    ledger.changed(
      child(job, 'job_name'),
      `${reading.to}.job`,
      `names of sources are DNS labels: \`${source}\`; label \`job\` stays`,
    );
  remark(job, ledger);

  const drafted = probeOf(job, jobName, reading) ?? scraped(job, jobName, reading);
  if (reading.fatal.length > 0) {
    ledger.impossible(job, `job ${quoted(jobName)}: ${reading.fatal.join('; ')}`);
    return [];
  }
  if (drafted.length === 0) ledger.abandoned(job, `job ${quoted(jobName)}: no target of it is left`);
  return drafted;
}

/** A name that is not ours, as code. */
function quoted(name: string): string {
  return `\`${name.slice(0, 80).replaceAll('`', "'")}\``;
}

function noTargets(keys: readonly string[]): string {
  if (keys.length === 0) return 'it names no targets';
  const list = keys.map((key) => `\`${key}\``).join(', ');
  return `the cluster file does not look for targets by ${list}: let a program of yours answer with a list of targets, and name its address in a source of kind \`http\``;
}

function scraped(job: SourceNode, jobName: string, reading: Reading): readonly Drafted[] {
  const { ledger, source } = reading;
  const common = commonOf(job, reading);
  const http = httpOf(job, reading);
  const port = http['scheme'] === 'https' ? 443 : 80;
  const lists = [...itemsOf(child(job, 'static_configs')), ...fileGroups(job, reading)];
  const groups = groupsOf(lists, { ledger, port, to: () => `${reading.to}.static` });
  const fixed = groups.map((group): Part => ({ kind: 'static', value: { targets: group.targets }, open: [], group }));
  const found = Object.entries(discoveries).flatMap(([key, discover]) =>
    itemsOf(child(job, key)).flatMap((config): readonly Part[] => {
      const one = discover(config, job, reading);
      return one === undefined ? [] : [one];
    }),
  );
  const parts = [...fixed, ...found];
  return parts.map(({ kind, value, open, group }, index): Drafted => {
    const name = index === 0 ? source : reading.name(source);
    const { job: label = jobName, ...labels } = group?.labels ?? {};
    return {
      value: {
        name,
        ...(label !== name && { job: label }),
        ...(Object.keys(labels).length > 0 && { labels }),
        ...common,
        [kind]: { ...value, ...http },
      },
      // One group that cannot be said takes no other with it.
      origin: parts.length > 1 && group !== undefined ? group.origin : job,
      ...(open.length > 0 && { open }),
    };
  });
}

interface Part {
  readonly kind: string;
  readonly value: YamlMap;
  readonly open: NonNullable<Drafted['open']>;
  readonly group?: TargetGroup;
}
