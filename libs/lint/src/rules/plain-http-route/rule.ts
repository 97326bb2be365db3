import { describe, list, text, type Manifest } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { plainListeners } from '../../view/certificates.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { covers } from '../../view/hostnames.ts';

const HELP = 'passwords and cookies would cross the network as they are';

/** A route whose backends are reached by a listener without TLS: one that it names, or any where it names none. */
function* byListener(cluster: ClusterView, route: Manifest): Iterable<Report> {
  if (!list(route.body, 'spec', 'rules').some((rule) => list(rule, 'backendRefs').length > 0)) return;
  for (const [index, parent] of list(route.body, 'spec', 'parentRefs').entries()) {
    const gateway = cluster.find('Gateway', text(parent, 'name') ?? '', text(parent, 'namespace') ?? route.namespace);
    const section = text(parent, 'sectionName');
    const plain = gateway === undefined ? [] : plainListeners(gateway);
    const taken = plain.find((name) => section === undefined || section === name);
    if (gateway === undefined || taken === undefined) continue;
    yield {
      place: inManifest(route, 'spec', 'parentRefs', index, section === undefined ? 'name' : 'sectionName'),
      message: `${describe(route)} is also reached by listener \`${taken}\` of ${describe(gateway)}, which is without TLS`,
      help: `name the listener with TLS in \`sectionName\`: ${HELP}`,
    };
  }
}

function* withoutTls(ingress: Manifest): Iterable<Report> {
  const encrypted = list(ingress.body, 'spec', 'tls')
    .flatMap((tls) => list(tls, 'hosts'))
    .filter((host) => typeof host === 'string');
  for (const [index, rule] of list(ingress.body, 'spec', 'rules').entries()) {
    const host = text(rule, 'host');
    if (host === undefined || encrypted.some((name) => covers(name, host))) continue;
    yield {
      place: inManifest(ingress, 'spec', 'rules', index, 'host'),
      message: `${describe(ingress)} answers to \`${host}\` without TLS`,
      help: `name it in \`tls\`, with the Secret of its certificate: ${HELP}`,
    };
  }
}

export const rule: Rule = {
  meta: {
    id: 'plain-http-route',
    family: 'network',
    severity: 'error',
    description: 'Something can be reached from outside without TLS.',
    why: 'Whoever is on the way reads passwords, cookies and telemetry, and can change them.',
    source: 'https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/',
  },
  *cluster(cluster) {
    for (const kind of ['HTTPRoute', 'GRPCRoute'])
      for (const route of cluster.ofKind(kind)) yield* byListener(cluster, route);
    for (const ingress of cluster.ofKind('Ingress')) yield* withoutTls(ingress);
  },
};
