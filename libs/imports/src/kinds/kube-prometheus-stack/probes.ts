import { fit } from '../../core/durations.ts';
import { child, textOf } from '../../core/look.ts';
import { takeText } from '../../core/take.ts';
import type { SourceNode } from '../../core/node.ts';
import { shipped } from '../../scrape/modules.ts';
import { acceptProbe, groupsOf } from '../../scrape/targets.ts';
import { limitsOf } from '../../scrape/options.ts';
import type { Part, StackContext } from './context.ts';

const NAMED = { http: 'urls', tcp: 'addresses', icmp: 'hosts', dns: 'servers' } as const;

/** An object Probe with named targets, which Alloy of this stack does not read, as a source. */
export function probe(object: SourceNode, _file: unknown, { ledger, name }: StackContext): Part {
  const spec = child(object, 'spec');
  const named = textOf(child(object, 'metadata', 'name')) ?? 'probe';
  const refuse = (why: string): Part => {
    ledger.impossible(object, `Alloy reads no Probes, and as a source it cannot be: ${why}`);
    return {};
  };
  const fixed = child(spec, 'targets', 'staticConfig');
  const list = child(fixed, 'static');
  if (child(spec, 'targets', 'ingress') !== undefined || fixed === undefined || list === undefined)
    return refuse('its targets are Ingresses: name the addresses in a source of kind `blackbox`');
  const written = child(spec, 'module');
  const module = shipped(textOf(written) ?? 'http_2xx');
  if (module === undefined)
    return refuse(
      'what its module does stands in the configuration of `blackbox_exporter`: write a source of kind `blackbox`',
    );
  if (child(fixed, 'relabelingConfigs') !== undefined || child(spec, 'metricRelabelings') !== undefined)
    return refuse('it relabels: write `relabel` of a source by hand');

  const source = name(named);
  const to = `ingest.sources[${source}]`;
  for (const key of ['apiVersion', 'kind', 'metadata']) ledger.carried(child(object, key), to);
  ledger.changed(child(spec, 'prober'), to, 'the collector is the prober');
  ledger.changed(
    written,
    `${to}.blackbox`,
    `taken for the module of this name that \`blackbox_exporter\` comes with: \`${module.kind}\``,
  );
  const job = takeText(ledger, child(spec, 'jobName'), `${to}.job`) ?? named;
  const labels = child(fixed, 'labels');
  const entries = new Map([['targets', list], ...(labels === undefined ? [] : [['labels', labels] as const])]);
  const [group] = groupsOf([{ ...fixed, kind: 'map', entries }], {
    ledger,
    port: 0,
    to: () => to,
    accept: acceptProbe(module.kind, ledger),
  });
  if (group === undefined) return refuse('it names no targets');
  const pace = paceOf(spec, to);
  const limits = limitsOf(spec ?? object, { ledger, to }, 'camel');
  return {
    sources: [
      {
        value: {
          name: source,
          ...(job !== source && { job }),
          ...(Object.keys(group.labels).length > 0 && { labels: group.labels }),
          ...pace,
          ...(Object.keys(limits).length > 0 && { limits }),
          blackbox: { [module.kind]: { [NAMED[module.kind]]: group.targets, ...module.value } },
        },
        origin: object,
      },
    ],
  };

  function paceOf(from: SourceNode | undefined, at: string) {
    const read = ([key, name, least]: readonly [string, string, number]) => {
      const node = child(from, key);
      const fitted = fit(textOf(node), least, 3600);
      if (fitted === undefined) return [];
      if (fitted.how === undefined) ledger.carried(node, `${at}.${name}`);
      else ledger.changed(node, `${at}.${name}`, fitted.how);
      return [[name, fitted.text] as const];
    };
    return Object.fromEntries([...read(['interval', 'interval', 5]), ...read(['scrapeTimeout', 'timeout', 1])]);
  }
}
