import { editDistance, nearest } from '@lgtm-fleet/diagnostics';
import { get, object } from '@lgtm-fleet/manifests';
import type { Report, Rule } from '../../types.ts';
import { CONFIG_KEYS, type Sections } from '../../view/releases/config-keys.ts';
import { KEY_CHANGES } from '../../view/releases/key-changes.ts';
import { isSameMinor } from '../../view/releases/versions.ts';
import { storeConfigs, type StoreConfig } from '../../view/stores.ts';
import { titleOf } from '../../view/titles.ts';
import { keyPlace } from '../../view/key-place.ts';

/** A key of a section is only called misspelt where it is this near to another: some keys are in no list. */
const MISSPELT = 2;
/** No section has half as many. */
const MAX_KEYS = 1000;

export const rule: Rule = {
  meta: {
    id: 'unknown-config-key',
    family: 'releases',
    severity: 'error',
    description: 'A configuration file has a section or a key that the store does not know.',
    why: 'The store reads its file strictly, and refuses to start: each pod that restarts stays down.',
    source: 'https://grafana.com/docs/loki/latest/configure/',
  },
  *cluster(cluster) {
    for (const config of storeConfigs(cluster)) {
      const pinned = cluster.plan.releases[config.store].version;
      if (config.programs.every(({ version }) => isSameMinor(version, pinned))) yield* inFile(config);
    }
  },
};

function* inFile(config: StoreConfig): Iterable<Report> {
  const sections = CONFIG_KEYS[config.store];
  // What was taken away has rules of its own.
  const changed = new Set(
    KEY_CHANGES.filter(({ program }) => program === config.store).map(({ key }) =>
      key.split('.').slice(0, 2).join('.'),
    ),
  );
  for (const section of Object.keys(object(config.config.value))) {
    if (changed.has(section)) continue;
    const keys = sections.get(section);
    if (keys === undefined) {
      yield unknown(config, [section], meantBy(section, sections));
      continue;
    }
    const path = [section];
    for (const key of Object.keys(object(get(config.config.value, ...path))).slice(0, MAX_KEYS)) {
      if (keys.includes(key) || changed.has(`${section}.${key}`)) continue;
      const meant = nearest(key, keys);
      if (meant === undefined || editDistance(key, meant) > MISSPELT) continue;
      yield unknown(config, [section, key], meant);
    }
  }
}

/** A key at the root is a misspelt section, or a key that belongs into one. */
function meantBy(section: string, sections: Sections): string | undefined {
  const owners = [...sections].filter(([, keys]) => keys.includes(section)).map(([owner]) => `${owner}.${section}`);
  const limit = owners.find((owner) => owner.startsWith('limits'));
  return limit ?? (owners.length === 1 ? owners[0] : nearest(section, [...sections.keys()]));
}

function unknown({ store, config }: StoreConfig, path: readonly string[], meant: string | undefined): Report {
  return {
    place: keyPlace(config, ...path),
    message: `${titleOf(store)} knows no key \`${path.join('.')}\``,
    help: meant === undefined ? 'remove it, or look it up in the reference' : `did you mean \`${meant}\`?`,
  };
}
