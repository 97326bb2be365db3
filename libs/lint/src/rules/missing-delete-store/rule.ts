import { get } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { lokiSchemas } from '../../view/schema-periods.ts';
import { shown } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-delete-store',
    family: 'storage',
    severity: 'error',
    description: "Loki's compactor is to delete, but is not told a store that it has for its requests to delete.",
    why: 'Without a store Loki does not start; with one that the schema does not name, requests are kept where nobody reads them.',
    source: 'https://grafana.com/docs/loki/latest/operations/storage/retention/',
  },
  *cluster(cluster) {
    for (const { store, periods } of lokiSchemas(cluster)) {
      const { value } = store.config;
      if (get(value, 'compactor', 'retention_enabled') !== true) continue;
      const named = get(value, 'compactor', 'delete_request_store');
      const known = [...new Set(periods.flatMap(({ objectStore }) => objectStore ?? []))];
      if (known.length === 0 || known.some((name) => name === named)) continue;
      const names = known.map((name) => `\`${name}\``).join(', ');
      yield {
        place: store.at('compactor', 'delete_request_store'),
        message:
          named === undefined
            ? 'Loki is to delete by retention, but `compactor.delete_request_store` is not set'
            : `\`compactor.delete_request_store\` is \`${shown(named)}\`, a store that the schema does not use`,
        help: `name a store of the schema: ${names}`,
        ...(named !== undefined && known.length === 1 && { remedy: { safe: true, value: known[0] ?? '' } }),
      };
    }
  },
};
