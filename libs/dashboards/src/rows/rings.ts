import { graph } from '../panels/graph.ts';
import { stat } from '../panels/stat.ts';
import { now, promql } from '../queries.ts';
import type { Row } from '../types.ts';

/**
 * Rings as their members see them. Members gossip, so the most that any of them sees counts.
 *
 * @param prefix of the names of series: `cortex`
 */
export function ringsRow(prefix: string, selector: string): Row {
  return {
    title: 'Rings',
    tiles: [
      stat(
        'Unhealthy members',
        'short',
        [now(`max by (name) (${prefix}_ring_members{${selector}, state="Unhealthy"})`, '{{name}}')],
        {
          description: 'A member that sends no heartbeat. One more than a ring tolerates, and writes and queries fail.',
          width: 8,
          height: 7,
          thresholds: [{ at: 1, color: 'red' }],
          runbook: 'ring-unhealthy',
        },
      ),
      graph(
        'Members, by ring and state',
        'short',
        [promql(`max by (name, state) (${prefix}_ring_members{${selector}}) > 0`, '{{name}} {{state}}')],
        { description: 'A pod that joins is PENDING and JOINING for a while; nobody is LEAVING for long.' },
      ),
      graph(
        'Oldest heartbeat',
        's',
        [
          promql(
            `time() - min by (name) (${prefix}_ring_oldest_member_timestamp{${selector}, state="ACTIVE"} > 0)`,
            '{{name}}',
          ),
        ],
        {
          description: 'After a minute without one a member counts as unhealthy.',
          thresholds: [{ at: 60, color: 'red' }],
          runbook: 'ring-ghost-members',
        },
      ),
    ],
  };
}
