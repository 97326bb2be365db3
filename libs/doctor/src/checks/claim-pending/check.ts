import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { eventsOf } from '../../events.ts';
import { textAt } from '../../records.ts';
import type { Check } from '../../types.ts';
import { brief } from '../../containers.ts';

/** Without a warning a claim only waits for its pod, as most storage classes make it do. */
export const check: Check = {
  id: 'claim-pending',
  layer: 'inputs',
  runbook: 'pod-unschedulable',
  find: (view) =>
    (view.live('PersistentVolumeClaim') ?? []).flatMap((claim) => {
      if (textAt(claim, 'status', 'phase') !== 'Pending') return [];
      const { namespace, name } = claim.metadata;
      const event = eventsOf(view, 'PersistentVolumeClaim', claim).findLast(
        ({ reason }) => reason === 'ProvisioningFailed',
      );
      if (event === undefined) return [];
      const owner = view.workloads.find((one) => one.namespace === namespace && name.includes(one.name));
      return [
        {
          severity: 'error',
          what: `claim ${name} gets no volume`,
          where: placeOf('PersistentVolumeClaim', namespace, name),
          why: [brief(textAt(event, 'message') ?? '')],
          next: describe('PersistentVolumeClaim', namespace, name),
          about: owner === undefined ? [] : [owner.subject],
        },
      ];
    }),
};
