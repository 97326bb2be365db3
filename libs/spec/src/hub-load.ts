import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { formatBytes, formatCount } from '@lgtm-fleet/units';
import { partsOf } from './ingest/load.ts';
import { loadOf, type Limited } from './limits.ts';
import { has, spanOfKey, spanOfValue, type Path } from './locate.ts';
import type { ParsedCluster } from './parse.ts';

const KEYS: Readonly<Record<Limited, Path>> = {
  activeSeries: ['spec', 'load', 'metrics', 'activeSeries'],
  logs: ['spec', 'load', 'logs', 'volume'],
  traces: ['spec', 'load', 'traces', 'throughput'],
};

const WORDS: Readonly<Record<Limited, (amount: number) => string>> = {
  activeSeries: (amount) => `${formatCount(amount)} series`,
  logs: (amount) => `${formatBytes(amount * 86_400)} of logs a day`,
  traces: (amount) => `${formatBytes(amount)}/s of traces`,
};

/** The load of a hub is everything that its stores take, so what its edges send has to find room in it. */
export function hubLoads(clusters: readonly ParsedCluster[]): readonly Diagnostic[] {
  const hubs = clusters.filter(({ cluster }) => cluster.spec.role === 'hub');
  return hubs.flatMap((hub) => {
    const edges = clusters.filter(
      ({ cluster: { spec } }) => spec.role === 'edge' && spec.hub === hub.cluster.metadata.name,
    );
    if (edges.length === 0) return [];
    return (Object.keys(KEYS) as Limited[]).flatMap((what) => beyond(hub, edges, what));
  });
}

/** The edge with which it becomes too much; those after it would be the same fault again. */
function beyond(hub: ParsedCluster, edges: readonly ParsedCluster[], what: Limited): readonly Diagnostic[] {
  const whole = loadOf(hub.cluster.spec)[what];
  let sum = partsOf(hub.cluster.spec).reduce((all, part) => all + part[what], 0);
  for (const edge of edges) {
    sum += loadOf(edge.cluster.spec)[what];
    if (sum <= whole) continue;
    const path = KEYS[what];
    const said = has(edge.document, path);
    const name = hub.cluster.metadata.name;
    return [
      {
        id: 'edges-beyond-hub',
        severity: 'error',
        message: `with this edge, \`${name}\` is sent ${WORDS[what](sum)}`,
        file: edge.source.path,
        span: said ? spanOfValue(edge.document, path) : spanOfKey(edge.document, ['spec', 'hub']),
        label: `its plan is for ${WORDS[what](whole)}`,
        help: `raise \`${path.slice(1).join('.')}\` in ${hub.source.path}, which is everything together`,
      },
    ];
  }
  return [];
}
