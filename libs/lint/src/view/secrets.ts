import { get, list, object, text, type Manifest } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** A Secret that will be there when pods start. */
export interface KnownSecret {
  /** `undefined` where only the running cluster knows them. */
  readonly keys: readonly string[] | undefined;
}

/** By `namespace/name`: those that are rendered, that something rendered makes, and that bootstrap makes. */
export function secretsOf(cluster: ClusterView): ReadonlyMap<string, KnownSecret> {
  const made = [
    ...cluster.plan.secrets.map(({ namespace, name, keys }) => [`${namespace}/${name}`, { keys }] as const),
    ...cluster.ofKind('Secret').map((one) => [`${one.namespace}/${one.name}`, { keys: ofSecret(one) }] as const),
    ...cluster.ofKind('ExternalSecret').map((one) => [targetOf(one), { keys: ofExternal(one) }] as const),
    ...cluster.ofKind('SealedSecret').map((one) => [`${one.namespace}/${one.name}`, { keys: undefined }] as const),
    ...cluster
      .ofKind('Certificate')
      .map(
        (one) =>
          [`${one.namespace}/${text(one.body, 'spec', 'secretName') ?? ''}`, { keys: ofCertificate(one) }] as const,
      ),
  ];
  return new Map(made);
}

function ofSecret({ body }: Manifest): readonly string[] {
  return [...Object.keys(object(body, 'data')), ...Object.keys(object(body, 'stringData'))];
}

/** cert-manager writes these three, and more where it is asked to. */
function ofCertificate({ body }: Manifest): readonly string[] | undefined {
  const more = ['keystores', 'additionalOutputFormats'].some((key) => get(body, 'spec', key) !== undefined);
  return more ? undefined : ['ca.crt', 'tls.crt', 'tls.key'];
}

function targetOf({ body, name, namespace }: Manifest): string {
  return `${namespace}/${text(body, 'spec', 'target', 'name') ?? name}`;
}

/** What a template or a whole entry of the store gives is not written anywhere. */
function ofExternal({ body }: Manifest): readonly string[] | undefined {
  const open = get(body, 'spec', 'dataFrom') !== undefined || get(body, 'spec', 'target', 'template') !== undefined;
  return open ? undefined : list(body, 'spec', 'data').flatMap((entry) => text(entry, 'secretKey') ?? []);
}
