import { stringify } from 'yaml';
import { parse } from '../parse.ts';
import type { Source } from './sources.ts';

/** A cluster file with these sources, and whatever else is said. */
export function read(sources: readonly object[], spec: object = {}) {
  const text = stringify(
    {
      apiVersion: 'lgtm-fleet/v1',
      kind: 'Cluster',
      metadata: { name: 'any' },
      spec: { objectStorage: { seaweedfs: {} }, ...spec, ingest: { sources } },
    },
    { aliasDuplicateObjects: false },
  );
  return { parsed: parse({ path: 'cluster.yaml', text }), text };
}

/** What is wrong with it, as `id: what it points at`, and what it says. */
export function faultsOf(sources: readonly object[], spec: object = {}) {
  const { parsed, text } = read(sources, spec);
  return parsed.ok
    ? []
    : parsed.diagnostics.map(({ id, span, message }) => ({
        at: `${id}: ${span === undefined ? '' : text.slice(span.start, span.end).trim()}`,
        message,
      }));
}

export const places = (sources: readonly object[], spec: object = {}): readonly string[] =>
  faultsOf(sources, spec).map(({ at }) => at);

/** One source as the program reads it. */
export function sourceOf(source: object): Source {
  const { parsed } = read([{ name: 'shop', ...source }], { load: { metrics: { activeSeries: '100M' } } });
  const found = parsed.ok ? parsed.value.cluster.spec.ingest.sources[0] : undefined;
  if (found === undefined) throw new Error(parsed.ok ? 'no source' : parsed.diagnostics[0]?.message);
  return found;
}
