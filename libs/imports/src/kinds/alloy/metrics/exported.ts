import type { Drafted } from '../../../core/draft.ts';
import type { Ledger } from '../../../core/ledger.ts';
import { child, textOf } from '../../../core/look.ts';
import type { MapNode, SourceNode } from '../../../core/node.ts';
import type { Reading } from '../../../scrape/context.ts';
import { commonOf } from '../../../scrape/options.ts';
import { remark } from '../../../scrape/remarks.ts';
import type { ExporterReading, ReadExporter } from '../exporters/exporter.ts';
import type { Component } from '../modules/scope.ts';
import type { World } from '../modules/world.ts';
import { isComputed } from '../syntax/nodes.ts';

/** What a scrape says of how it asks, which is of no use where the exporter is in the same program. */
const ASKED = [
  'scheme',
  'metrics_path',
  'params',
  'honor_labels',
  'honor_timestamps',
  'basic_auth',
  'authorization',
  'bearer_token',
  'bearer_token_file',
  'oauth2',
  'tls_config',
  'http_headers',
] as const;

interface Exporting {
  readonly exporter: Component;
  readonly read: ReadExporter;
  readonly job: MapNode;
  readonly world: World;
}

/** The sources of an exporter that is built in, with what its scrape says. */
export function readExported(
  { exporter, read, job, world }: Exporting,
  ledger: Ledger,
  name: (wanted: string) => string,
): readonly Drafted[] {
  const kind = exporter.name.split('.').at(-1) ?? '';
  const source = name(nameOf(exporter.label, kind));
  const to = `ingest.sources[${source}]`;
  const reading: ExporterReading = {
    ledger,
    name,
    defaults: {},
    filesAt: () => [],
    modules: undefined,
    to,
    source,
    fatal: [],
    world,
  };
  remark(job, ledger);
  for (const key of ASKED)
    ledger.changed(child(job, key), 'nothing', 'it is how the exporter was asked, which is in the same program');
  ledger.changed(child(job, 'job_name'), `${to}.job`, 'an exporter says its `job` itself, and that stays');
  const common = commonOf(withoutInstance(job, reading), reading);
  const exported = read(exporter.node, reading);
  if (reading.fatal.length > 0 || exported.length === 0) {
    ledger.impossible(job, `\`${exporter.id}\`: ${reading.fatal.join('; ') || 'nothing of it is left'}`);
    return [];
  }
  return exported.map(({ value, labels = {}, origin, open }, index): Drafted => {
    const own = index === 0 ? source : name(source);
    const { timeout, ...kinds } = value;
    return {
      value: {
        name: own,
        job: `integrations/${kind}`,
        ...(Object.keys(labels).length > 0 && { labels }),
        ...(timeout !== undefined && { timeout }),
        ...common,
        ...kinds,
      },
      origin: exported.length > 1 && origin !== undefined ? origin : job,
      ...(open !== undefined && open.length > 0 && { open }),
    };
  });
}

/** A step that says which machine or server it is says what `instance` is anyway, where it cannot be known here. */
function withoutInstance(job: MapNode, { ledger, to }: Reading): MapNode {
  const rules = child(job, 'relabel_configs');
  if (rules?.kind !== 'list') return job;
  const isInstance = (rule: SourceNode): boolean =>
    textOf(child(rule, 'target_label')) === 'instance' && isComputed(child(rule, 'replacement'));
  for (const rule of rules.items)
    if (isInstance(rule)) ledger.changed(rule, to, 'label `instance` is where the server is, or what is probed');
  return {
    ...job,
    entries: new Map([
      ...job.entries,
      ['relabel_configs', { ...rules, items: rules.items.filter((rule) => !isInstance(rule)) }],
    ]),
  };
}

/** An exporter is mostly called after what it is about, as is the scrape of that itself. */
function nameOf(label: string, kind: string): string {
  if (label === 'default' || label === kind) return kind;
  return label.includes(kind) ? label : `${label}-${kind}`;
}
