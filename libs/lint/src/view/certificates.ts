import { get, list, text, type Manifest, type Path } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** A Secret with a certificate that something shows to who comes in by a host name. */
export interface ShownCertificate {
  readonly manifest: Manifest;
  /** Host names that it is shown for; none for a listener of all. */
  readonly hosts: readonly string[];
  readonly secret: string;
  readonly namespace: string;
  /** Where the Secret is named. */
  readonly place: Path;
}

/** By Ingresses, and by the listeners of Gateways. */
export function shownCertificates(cluster: ClusterView): readonly ShownCertificate[] {
  const ingresses = cluster.ofKind('Ingress').flatMap((manifest) =>
    list(manifest.body, 'spec', 'tls').map((tls, index): ShownCertificate => ({
      manifest,
      hosts: list(tls, 'hosts').filter((host) => typeof host === 'string'),
      secret: text(tls, 'secretName') ?? '',
      namespace: manifest.namespace,
      place: ['spec', 'tls', index, 'secretName'],
    })),
  );
  const listeners = cluster.ofKind('Gateway').flatMap((manifest) =>
    list(manifest.body, 'spec', 'listeners').flatMap((listener, at) =>
      list(listener, 'tls', 'certificateRefs').map((reference, index): ShownCertificate => ({
        manifest,
        hosts: [text(listener, 'hostname')].filter((host) => host !== undefined),
        secret: text(reference, 'name') ?? '',
        namespace: text(reference, 'namespace') ?? manifest.namespace,
        place: ['spec', 'listeners', at, 'tls', 'certificateRefs', index, 'name'],
      })),
    ),
  );
  return [...ingresses, ...listeners];
}

/** True where the names of a certificate are good for a host: `*.example.com` is for one label alone. */
export function isNamed(names: readonly string[], host: string): boolean {
  return names.includes(host) || names.includes(host.replace(/^[^.]+/, '*'));
}

/** Names of the listeners of a Gateway that are without TLS. */
export function plainListeners({ body }: Manifest): readonly string[] {
  return list(body, 'spec', 'listeners')
    .filter((listener) => get(listener, 'protocol') === 'HTTP')
    .flatMap((listener) => text(listener, 'name') ?? []);
}
