import { listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe, get, list, text, type Json, type Manifest } from '@lgtm-fleet/manifests';
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
      if (after === undefined || !isPublic(after)) continue;
      const more = before !== undefined && isPublic(before);
      const opened = before === undefined ? [] : openings(after).filter((one) => !openings(before).includes(one));
      if (more && opened.length === 0) continue;
      yield {
        subject: subjectOf(change),
        message: more
          ? say`${describe(after)} also opens ${listed(opened)}`
          : say`${describe(after)} opens a way from outside the cluster`,
        consequence: say`whoever reaches it talks to what is behind it; make sure that it asks who they are`,
        changes: [change],
      };
    }
  },
};

/** Host names and paths that a route or an Ingress leads somewhere: `telemetry.example.com/api/v1/push`. */
function openings({ kind, body }: Manifest): readonly string[] {
  if (kind === 'Ingress')
    return list(body, 'spec', 'rules').flatMap((rule) =>
      list(rule, 'http', 'paths').map((path) => `${text(rule, 'host') ?? '*'}${text(path, 'path') ?? '/'}`),
    );
  const hosts = list(body, 'spec', 'hostnames').filter((host) => typeof host === 'string');
  const paths = list(body, 'spec', 'rules')
    .filter((rule) => list(rule, 'backendRefs').length > 0)
    .flatMap((rule) => {
      const matches = list(rule, 'matches');
      return matches.length === 0 ? ['/'] : matches.map((match) => text(match, 'path', 'value') ?? methodOf(match));
    });
  return (hosts.length === 0 ? ['*'] : hosts).flatMap((host) => paths.map((path) => host + path));
}

/** A method of gRPC, which is a path as well; all of a service, or everything, where less is said. */
function methodOf(match: Json): string {
  const [service, method] = [text(match, 'method', 'service'), text(match, 'method', 'method')];
  return ['', service, method].filter((part) => part !== undefined).join('/') || '/';
}

function isPublic({ kind, body }: Manifest): boolean {
  if (['Gateway', 'Ingress', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].includes(kind)) return true;
  const type = get(body, 'spec', 'type');
  return kind === 'Service' && (type === 'LoadBalancer' || type === 'NodePort');
}
