import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { nodeCondition, onNode } from '../../nodes.ts';
import type { Check } from '../../types.ts';

const PRESSURES = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk',
  PIDPressure: 'process numbers',
} as const;

export const check: Check = {
  id: 'node-under-pressure',
  layer: 'cluster',
  runbook: 'node-under-pressure',
  find: (view) =>
    (view.live('Node') ?? []).flatMap((node) =>
      Object.entries(PRESSURES).flatMap(([type, what]) => {
        const condition = nodeCondition(node, type);
        if (condition?.status !== 'True') return [];
        const { name } = node.metadata;
        return [
          {
            severity: 'error',
            what: `node ${name} runs out of ${what}`,
            where: placeOf('Node', undefined, name),
            why: [condition.message ?? condition.reason ?? type],
            next: describe('Node', undefined, name),
            about: onNode(view, name),
            ...(type === 'DiskPressure' && { runbook: 'node-disk-filling' as const }),
          },
        ];
      }),
    ),
};
