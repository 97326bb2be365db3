import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { nodeCondition, onNode, waiting } from '../../nodes.ts';
import { at } from '../../records.ts';
import type { Check, Found } from '../../types.ts';

/** It does not answer for its pods, or somebody has closed it to new ones. */
export const check: Check = {
  id: 'node-not-ready',
  layer: 'cluster',
  runbook: 'node-not-ready',
  find: (view) =>
    (view.live('Node') ?? []).flatMap((node): readonly Found[] => {
      const { name } = node.metadata;
      const common = { where: placeOf('Node', undefined, name), next: describe('Node', undefined, name) };
      const ready = nodeCondition(node, 'Ready');
      if (ready !== undefined && ready.status !== 'True')
        return [
          {
            ...common,
            severity: 'error',
            what: `node ${name} is not ready`,
            why: [ready.message ?? ready.reason ?? `its condition Ready is ${ready.status ?? 'not known'}`],
            about: onNode(view, name),
          },
        ];
      if (at(node, 'spec', 'unschedulable') !== true) return [];
      const pods = waiting(view);
      return [
        {
          ...common,
          // Closed for its maintenance, it is in nobody's way, unless a pod waits for room.
          severity: pods.length > 0 ? 'error' : 'warning',
          what: `node ${name} takes no new pods`,
          why: [
            'it is cordoned',
            ...(pods.length > 0 ? [`pods that wait: ${pods.map(({ pod }) => pod).join(', ')}`] : []),
          ],
          next: `kubectl uncordon ${name}`,
          // What runs on it goes on as before, so it explains nothing that is found there.
          about: pods.length > 0 ? pods.map(({ about }) => about) : [`node/${name}`],
          runbook: 'pod-unschedulable',
        },
      ];
    }),
};
