import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe } from '@lgtm-fleet/manifests';
import { claimsOf, holding, subjectOf } from '../../view/stateful.ts';

export const statefulIdentityChanged: DangerClass = {
  meta: {
    id: 'stateful-identity-changed',
    danger: 'D05',
    effect: 'data-loss',
    blocks: true,
    description: 'A StatefulSet or volume claim gets another name or namespace.',
    why: 'Volumes belong to names. Under a new name the pods start with empty volumes, and what was written and not uploaded yet stays on the old ones.',
    source: 'stakater/application#466; simple-container-com/api#230',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (change.action !== 'renamed' || before === undefined || after === undefined) continue;
      const isClaim = before.kind === 'PersistentVolumeClaim';
      if (!isClaim && (before.kind !== 'StatefulSet' || claimsOf(before).length === 0)) continue;
      const holds = holding(before)?.holds ?? words('what is on it');
      yield {
        subject: subjectOf(change),
        message: say`${describe(before)} becomes ${describe(after)}`,
        consequence: isClaim
          ? say`a new, empty volume takes the place of the old one, which is deleted with its claim unless something keeps it`
          : say`its pods start with new, empty volumes; the old ones hold ${holds}, and nothing reads them any more`,
        changes: [change],
      };
    }
  },
};
