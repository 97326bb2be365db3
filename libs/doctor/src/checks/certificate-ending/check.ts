import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { readersOf } from '../../mounts.ts';
import type { Check } from '../../types.ts';

const DAY = 86_400_000;
/** cert-manager renews at a third of the time that is left, which for ninety days is a month. */
const SOON_DAYS = 7;

export const check: Check = {
  id: 'certificate-ending',
  layer: 'inputs',
  runbook: 'certificate-expiring',
  find: (view) =>
    (view.facts.secrets ?? []).flatMap(({ namespace, name, certificates = [] }) =>
      certificates.flatMap(({ key, notAfter }) => {
        const days = (Date.parse(notAfter) - view.now) / DAY;
        if (Number.isNaN(days) || days > SOON_DAYS) return [];
        const ended = days <= 0;
        return [
          {
            severity: ended ? ('error' as const) : ('warning' as const),
            what: ended
              ? `the certificate in Secret ${name} ended ${(-days).toFixed(1)} days ago`
              : `the certificate in Secret ${name} ends in ${days.toFixed(1)} days`,
            where: placeOf('Secret', namespace, name),
            why: [`key ${key} is valid until ${notAfter}`],
            next: describe('Secret', namespace, name),
            about: readersOf(view, 'Secret', namespace, name),
          },
        ];
      }),
    ),
};
