import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe, get, type Manifest } from '@lgtm-fleet/manifests';
import { subjectOf } from '../../view/stateful.ts';

export const serviceExposed: DangerClass = {
  meta: {
    id: 'service-exposed',
    danger: 'D22',
    effect: 'exposure',
    blocks: false,
    description: 'Something is to be reached from outside the cluster that was not.',
    why: 'Stores know no passwords: who reaches them past the gateway reads and writes as any tenant.',
    source: 'Mimir and Loki documentation, authentication: none of their own',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (after === undefined || !isPublic(after) || (before !== undefined && isPublic(before))) continue;
      yield {
        subject: subjectOf(change),
        message: say`${describe(after)} opens a way from outside the cluster`,
        consequence: say`who reaches it talks to what is behind it; make sure that it asks who they are`,
        changes: [change],
      };
    }
  },
};

function isPublic({ kind, body }: Manifest): boolean {
  if (['Ingress', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].includes(kind)) return true;
  const type = get(body, 'spec', 'type');
  return kind === 'Service' && (type === 'LoadBalancer' || type === 'NodePort');
}
