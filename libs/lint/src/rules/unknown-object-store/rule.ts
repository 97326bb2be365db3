import { get, object, type Json, type Path } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { lokiSchemas } from '../../view/schema-periods.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-object-store',
    family: 'storage',
    severity: 'error',
    description: "A period of Loki's schema names an object store that is not configured.",
    why: 'Loki starts with a client that has no bucket: every flush and every query of that period fails.',
    source: 'https://grafana.com/docs/loki/latest/configure/storage/',
  },
  *cluster(cluster) {
    for (const { store, periods } of lokiSchemas(cluster)) {
      const { value } = store.config;
      const known = configured(value);
      // A file that configures no store at all takes them from flags.
      if (known.length === 0) continue;
      for (const { objectStore, from, place } of periods) {
        if (objectStore === undefined || known.includes(objectStore)) continue;
        yield {
          place: place('object_store'),
          message: `the period from \`${from}\` is kept in \`${objectStore}\`, which is not configured`,
          label: `known: ${known.join(', ')}`,
          help: `configure it under \`${clientsPath(value).join('.')}\`, also as long as old periods are kept`,
        };
      }
    }
  },
};

/** Names of the stores that have a client: by kind, and by a name of their own. */
function configured(value: Json | undefined): readonly string[] {
  const names = [...kinds(value, clientsPath(value)), ...kinds(value, ['common', 'storage'])];
  // The old clients call Amazon's both ways.
  const both = names.includes('s3') || names.includes('aws') ? ['s3', 'aws'] : [];
  const legacy = get(value, 'storage_config', 'use_thanos_objstore') === true ? names : [...names, ...both];
  return [...new Set(legacy)];
}

const KINDS = ['s3', 'aws', 'gcs', 'azure', 'swift', 'filesystem', 'alibaba', 'alibabacloud', 'bos', 'cos'];

function kinds(value: Json | undefined, path: Path): readonly string[] {
  const own = Object.keys(object(value, ...path)).filter((key) => KINDS.includes(key));
  const named = Object.values(object(value, ...path, 'named_stores')).flatMap((stores) => Object.keys(object(stores)));
  return [...own, ...named];
}

function clientsPath(value: Json | undefined): Path {
  const thanos = get(value, 'storage_config', 'use_thanos_objstore') === true;
  return thanos ? ['storage_config', 'object_store'] : ['storage_config'];
}
