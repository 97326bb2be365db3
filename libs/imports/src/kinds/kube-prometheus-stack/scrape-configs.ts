import { child, textOf } from '../../core/look.ts';
import { isLeaf, type MapNode, type SourceNode } from '../../core/node.ts';
import { readJob } from '../../scrape/job.ts';
import type { Part, StackContext } from './context.ts';

/** Keys of the operator that are not Prometheus' own in other letters. */
const OTHER = new Map([
  ['relabelings', 'relabel_configs'],
  ['metricRelabelings', 'metric_relabel_configs'],
  ['staticConfigs', 'static_configs'],
  ['fileSDConfigs', 'file_sd_configs'],
  ['httpSDConfigs', 'http_sd_configs'],
  ['dnsSDConfigs', 'dns_sd_configs'],
  ['ec2SDConfigs', 'ec2_sd_configs'],
  ['gceSDConfigs', 'gce_sd_configs'],
  ['azureSDConfigs', 'azure_sd_configs'],
  ['consulSDConfigs', 'consul_sd_configs'],
  ['kubernetesSDConfigs', 'kubernetes_sd_configs'],
  ['jobName', 'job_name'],
  ['enableHTTP2', 'enable_http2'],
  ['tlsConfig', 'tls_config'],
]);
/** Below these stand names of people, not keys. */
const NAMES = new Set(['labels', 'params', 'static_configs']);

/** An object ScrapeConfig, which Alloy of this stack does not read, as the job that it is. */
export function scrapeConfig(object: SourceNode, _file: unknown, { ledger, name }: StackContext): Part {
  const spec = child(object, 'spec');
  const named = child(object, 'metadata', 'name');
  if (spec?.kind !== 'map' || textOf(named) === undefined) {
    ledger.impossible(object, 'it has no `spec`, or no name');
    return {};
  }
  for (const key of ['apiVersion', 'kind', 'metadata'])
    ledger.carried(child(object, key), 'nothing: it is the object around `spec`');
  const job = inOwnWords(spec);
  const entries = new Map(job.entries);
  if (named !== undefined && !entries.has('job_name')) entries.set('job_name', named);
  return {
    sources: readJob({ ...job, entries }, { ledger, name, defaults: {}, filesAt: () => [], modules: undefined }),
  };
}

/** The same leaves under Prometheus' own keys: `metricsPath` is `metrics_path`. */
function inOwnWords(node: MapNode): MapNode {
  const entries = [...node.entries].map(([key, value]) => {
    const own =
      OTHER.get(key) ??
      (/SDConfigs$/.test(key) ? `${snake(key.slice(0, -'SDConfigs'.length))}_sd_configs` : snake(key));
    return [own, NAMES.has(own) ? value : renamed(value)] as const;
  });
  return { ...node, entries: new Map(entries) };
}

function renamed(node: SourceNode): SourceNode {
  // A leaf stays itself: it is what the report is about.
  if (isLeaf(node)) return node;
  if (node.kind === 'map') return inOwnWords(node);
  return node.kind === 'list' ? { ...node, items: node.items.map(renamed) } : node;
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
