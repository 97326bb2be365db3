import type { YamlValue } from '@lgtm-fleet/yaml';

type YamlMap = Readonly<Record<string, YamlValue | undefined>>;

/** A part of a configuration file with the reasons behind it, by path (`limits_config/retention_period`). */
export interface Section<Value = YamlMap> {
  readonly value: Value;
  readonly comments: Readonly<Record<string, string>>;
}

/**
 * Sections as one file, in their order. Two sections may write to the same top-level key; its maps are then
 * joined, and deeper keys too. Where both have a value that is no map, the later one counts.
 */
export function joinSections(sections: readonly Section[]): Section {
  return {
    value: sections.reduce<YamlMap>((all, { value }) => merge(all, value), {}),
    comments: Object.fromEntries(sections.flatMap(({ comments }) => Object.entries(comments))),
  };
}

function merge(left: YamlMap, right: YamlMap): YamlMap {
  const merged: Record<string, YamlValue | undefined> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const there = merged[key];
    merged[key] = isMap(there) && isMap(value) ? merge(there, value) : value;
  }
  return merged;
}

function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
