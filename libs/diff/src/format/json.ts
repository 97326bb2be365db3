import { describe } from '@lgtm-fleet/manifests';
import { dotted } from '../fields/path.ts';
import { plain } from '../phrase.ts';
import { isBlocking, type Comparison } from '../diff.ts';

/** The whole comparison for programs. Values stand as they are in the manifests; those of Secrets are left out. */
export function jsonReport(comparison: Comparison): string {
  const { blast, dangers, changes, unapproved, unused, malformed, failures } = comparison;
  return JSON.stringify(
    {
      verdict: failures.length > 0 ? 'failed' : unapproved > 0 ? 'blocked' : 'safe',
      unapproved,
      blast,
      dangers: dangers.map((danger) => ({
        class: danger.meta.id,
        danger: danger.meta.danger,
        effect: danger.effect,
        address: danger.address,
        cluster: danger.cluster ?? null,
        blocks: danger.meta.blocks,
        approved: danger.approval === undefined ? null : danger.approval.reason,
        blocking: isBlocking(danger),
        message: plain(danger.message),
        consequence: plain(danger.consequence),
      })),
      changes: changes.map(({ change, effect }) => ({
        cluster: change.cluster,
        object: describe(change),
        action: change.action,
        effect,
        restarts: change.rolls,
        fields: change.fields.map(({ path, before, after }) => ({ path: dotted(path), before, after })),
      })),
      approvals: { unused, malformed: malformed.map((one) => ({ ...one, message: plain(one.message) })) },
      failures,
    },
    null,
    2,
  );
}
