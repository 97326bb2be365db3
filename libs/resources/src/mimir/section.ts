import type { YamlValue } from '@lgtm-fleet/yaml';

/** A part of a configuration file together with its reasons, by path (`limits/ingestion_rate`). */
export interface Section {
  readonly value: Readonly<Record<string, YamlValue | undefined>>;
  readonly comments: Readonly<Record<string, string>>;
}

/**
 * Sections as one file, in their order. Two sections may write to the same top-level key; its maps are then
 * joined, and deeper keys too.
 */
export function join(sections: readonly Section[]): Section {
  return {
    value: sections.reduce<Section['value']>((all, { value }) => merge(all, value), {}),
    comments: Object.assign({}, ...sections.map(({ comments }) => comments)) as Section['comments'],
  };
}

function merge(left: Section['value'], right: Section['value']): Section['value'] {
  const merged: Record<string, YamlValue | undefined> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const there = merged[key];
    merged[key] = isMap(there) && isMap(value) ? merge(there, value) : value;
  }
  return merged;
}

function isMap(value: YamlValue | undefined): value is Readonly<Record<string, YamlValue | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
