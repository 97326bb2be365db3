import { isObject, object, text, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { inFile, inManifest } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView, SourceDocument } from './cluster.ts';

/** A Secret that a person commits encrypted: its keys can be read, its values cannot. */
export interface CommittedSecret {
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  readonly place: Place;
}

/** Those that the cluster has, in the form that its spec asks for. */
export function committedSecrets(cluster: ClusterView): readonly CommittedSecret[] {
  switch (cluster.plan.secretSource.kind) {
    case 'sealed-secrets':
      return cluster.ofKind('SealedSecret').map(sealed);
    case 'sops':
      return cluster.secretFiles.filter(({ value }) => text(value, 'kind') === 'Secret').map(encrypted);
    default:
      return [];
  }
}

function sealed(manifest: Manifest): CommittedSecret {
  const { body, name, namespace } = manifest;
  return {
    name,
    namespace,
    keys: Object.keys(object(body, 'spec', 'encryptedData')),
    place: inManifest(manifest, 'spec', 'encryptedData'),
  };
}

function encrypted({ file, value }: SourceDocument): CommittedSecret {
  return {
    name: text(value, 'metadata', 'name') ?? '',
    namespace: text(value, 'metadata', 'namespace') ?? '',
    keys: valuesOf(value).map(({ key }) => key),
    place: inFile(file, 'metadata', 'name'),
  };
}

/** Every value of a Secret, with the field and the key that it stands at. */
export function valuesOf(
  secret: Json,
): readonly { readonly field: 'data' | 'stringData'; readonly key: string; readonly value: Json | undefined }[] {
  if (!isObject(secret)) return [];
  return (['data', 'stringData'] as const).flatMap((field) =>
    Object.entries(object(secret, field)).map(([key, value]) => ({ field, key, value })),
  );
}
