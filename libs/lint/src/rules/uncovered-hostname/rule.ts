import { describe, list, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { isNamed, shownCertificates } from '../../view/certificates.ts';

export const rule: Rule = {
  meta: {
    id: 'uncovered-hostname',
    family: 'network',
    severity: 'error',
    description: 'A certificate is shown for a host name that it does not have.',
    why: 'Browsers refuse the page, and collectors refuse to push.',
    source: 'https://cert-manager.io/docs/usage/certificate/',
  },
  *cluster(cluster) {
    const shown = shownCertificates(cluster);
    for (const certificate of cluster.ofKind('Certificate')) {
      const names = list(certificate.body, 'spec', 'dnsNames').filter((name) => typeof name === 'string');
      const secret = text(certificate.body, 'spec', 'secretName');
      const mine = shown.filter((one) => one.secret === secret && one.namespace === certificate.namespace);
      for (const host of new Set(mine.flatMap(({ hosts }) => hosts))) {
        const where = mine.find(({ hosts }) => hosts.includes(host));
        if (where === undefined || isNamed(names, host)) continue;
        yield {
          place: inManifest(certificate, 'spec', 'dnsNames'),
          message: `${describe(where.manifest)} shows this certificate for \`${host}\`, which it does not have`,
          help: `add \`${host}\` to \`dnsNames\``,
          derivedFrom: ['spec', 'exposure'],
        };
      }
    }
  },
};
