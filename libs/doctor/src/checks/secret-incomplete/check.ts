import { describe, get } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { readersOf } from '../../mounts.ts';
import { subject } from '../../subjects.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'secret-incomplete',
  layer: 'inputs',
  runbook: 'mount-missing',
  find: (view) => {
    const { secrets } = view.facts;
    if (secrets === undefined) return [];
    return view.plan.secrets.flatMap(({ name, namespace, keys, why }) => {
      const found = secrets.find((one) => one.name === name && one.namespace === namespace);
      const lacks = keys.filter((key) => found?.keys.includes(key) !== true);
      if (lacks.length === 0) return [];
      const readers = readersOf(view, 'Secret', namespace, name);
      return [
        {
          severity: 'error',
          what: found === undefined ? `Secret ${name} is gone` : `Secret ${name} lacks ${lacks.join(', ')}`,
          where: placeOf('Secret', namespace, name),
          why: [`it has ${why}`],
          next: found === undefined ? get('secrets', namespace) : describe('Secret', namespace, name),
          about: name === 'object-storage' ? [...readers, subject('object-storage')] : readers,
        },
      ];
    });
  },
};
