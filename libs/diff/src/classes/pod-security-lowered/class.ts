import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { labelsOf } from '@lgtm-fleet/manifests';
import { subjectOf } from '../../view/stateful.ts';

export const podSecurityLowered: DangerClass = {
  meta: {
    id: 'pod-security-lowered',
    danger: 'D22',
    effect: 'exposure',
    blocks: false,
    description: 'A Namespace enforces a weaker Pod Security Standard, or none.',
    why: 'Pods that run as root, or with the rights of the node, are let in from then on.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  *find({ changes }) {
    for (const change of changes) {
      if (change.action !== 'changed' || change.kind !== 'Namespace') continue;
      const [was, is] = [change.before, change.after].map((one) =>
        one === undefined ? undefined : labelsOf(one)['pod-security.kubernetes.io/enforce'],
      );
      if (LEVELS.indexOf(is ?? 'privileged') >= LEVELS.indexOf(was ?? 'privileged')) continue;
      yield {
        subject: subjectOf(change),
        message: say`the Namespace ${change.name} enforces ${is ?? words('nothing')} instead of ${was ?? words('nothing')}`,
        consequence:
          is === 'baseline'
            ? say`pods there may run as root, keep capabilities and gain privileges, none of which was let in before`
            : say`whoever may make pods there can take over a node`,
        changes: [change],
      };
    }
  },
};

const LEVELS = ['privileged', 'baseline', 'restricted'];
