import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { textAt } from '../../records.ts';
import type { Check } from '../../types.ts';
import { quantityOf } from '@lgtm-fleet/units';

export const check: Check = {
  id: 'claim-too-small',
  layer: 'inputs',
  runbook: 'volume-filling',
  find: (view) =>
    view.workloads.flatMap(({ workload, namespace, name, subject }) => {
      const { volumeBytes } = workload;
      if (volumeBytes === undefined) return [];
      return (view.live('PersistentVolumeClaim') ?? [])
        .filter(({ metadata }) => metadata.namespace === namespace && isClaimOf(name, metadata.name))
        .flatMap((claim) => {
          const capacity = textAt(claim, 'status', 'capacity', 'storage');
          const bytes = quantityOf(capacity ?? '');
          if (bytes === undefined || bytes >= volumeBytes) return [];
          return [
            {
              severity: 'warning' as const,
              what: `claim ${claim.metadata.name} has ${capacity ?? ''}, and ${gibibytes(volumeBytes)} are planned`,
              where: placeOf('PersistentVolumeClaim', namespace, claim.metadata.name),
              why: ['the claims of a StatefulSet keep the size with which they were made'],
              next: describe('PersistentVolumeClaim', namespace, claim.metadata.name),
              about: [subject],
            },
          ];
        });
    }),
};

function isClaimOf(owner: string, claim: string): boolean {
  return claim === owner || new RegExp(`^(?:data-)?${owner}(?:-\\d+)?$`).test(claim);
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(0)}Gi`;
}
