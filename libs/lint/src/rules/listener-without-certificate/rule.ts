import { describe, list, text, type Manifest } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { shownCertificates } from '../../view/certificates.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { secretsOf } from '../../view/secrets.ts';
import { isOurs } from '../../view/services.ts';

function* withoutReference(gateway: Manifest): Iterable<Report> {
  for (const [index, listener] of list(gateway.body, 'spec', 'listeners').entries()) {
    if (text(listener, 'protocol') !== 'HTTPS' || list(listener, 'tls', 'certificateRefs').length > 0) continue;
    yield {
      place: inManifest(gateway, 'spec', 'listeners', index, 'name'),
      message: `listener \`${text(listener, 'name') ?? ''}\` of ${describe(gateway)} names no certificate`,
      help: 'name the Secret in `tls.certificateRefs`',
    };
  }
}

/** That is there before anything of this repository is. */
function isGiven({ plan }: ClusterView, secret: string): boolean {
  return plan.exposure?.tls?.kind === 'secret' && plan.exposure.tls.name === secret;
}

export const rule: Rule = {
  meta: {
    id: 'listener-without-certificate',
    family: 'network',
    severity: 'error',
    description: 'Something that is reached by TLS has no certificate, or one that nobody makes.',
    why: 'The listener is not programmed, or shows the certificate of the proxy itself: nobody gets in.',
    source: 'https://gateway-api.sigs.k8s.io/guides/tls/',
  },
  *cluster(cluster) {
    for (const gateway of cluster.ofKind('Gateway')) yield* withoutReference(gateway);
    const secrets = secretsOf(cluster);
    for (const { manifest, secret, namespace, place } of shownCertificates(cluster)) {
      if (!isOurs(cluster, namespace) || isGiven(cluster, secret) || secrets.has(`${namespace}/${secret}`)) continue;
      yield {
        place: inManifest(manifest, ...place),
        message: `${describe(manifest)} shows the certificate in Secret \`${secret}\`, which nothing makes in namespace \`${namespace}\``,
        help: 'name the `secretName` of a Certificate, or say the Secret in `spec.exposure.tls.secret`',
        derivedFrom: ['spec', 'exposure', 'tls'],
      };
    }
  },
};
