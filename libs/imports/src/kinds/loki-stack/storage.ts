import type { YamlMap } from '../../core/draft.ts';
import { booleanOf, child, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import { dnsLabel } from '../../core/names.ts';
import type { SourceNode } from '../../core/node.ts';
import { whyRefused } from '../../core/trial.ts';
import { placeOf, type Part } from './context.ts';

interface Storage {
  readonly config: SourceNode | undefined;
  /** Of `loki.serviceAccount`, by which a cloud may know the pods. */
  readonly annotations: SourceNode | undefined;
  readonly ledger: Ledger;
  /** Whether the new Loki goes on with the bucket of the old one. */
  readonly over: boolean;
  readonly cluster: string;
}

/** Where chunks lie, by the last period of the index: files on the volume, or a bucket. */
export function readStorage(objectStore: string, storage: Storage): Part {
  switch (objectStore) {
    case 's3':
    case 'aws':
      return bucket(s3(storage), ['storage_config/aws', 'common/storage/s3'], storage);
    case 'gcs':
      return bucket(gcs(storage), ['storage_config/gcs', 'common/storage/gcs'], storage);
    case 'azure':
      return bucket(azure(storage), ['storage_config/azure', 'common/storage/azure'], storage);
    default:
      return {};
  }
}

/** What was found of a bucket: the part of the cluster file, and the values that say it. */
interface Found {
  readonly objectStorage: YamlMap;
  /** Name of the bucket, and what is made of it. */
  readonly name: string;
  readonly at: string;
  readonly node: SourceNode;
}

function bucket(found: Found | undefined, paths: readonly string[], storage: Storage): Part {
  if (found === undefined) return {};
  const { config, annotations, ledger } = storage;
  const { objectStorage, name, at, node } = found;
  const why = whyRefused({ objectStorage });
  if (why !== undefined) {
    for (const one of [...paths.map((path) => child(config, ...path.split('/'))), annotations])
      ledger.impossible(one, `the cluster file cannot say it: ${why}. Say \`objectStorage\` by hand`);
    return {};
  }
  const prefix = prefixOf(name, storage);
  const whole = `${prefix}-loki`;
  const bucket =
    whole === name
      ? `that of Loki is the old one, which the old Loki must have left before`
      : storage.over
        ? `the old lines lie in \`${name}\`: copy it to \`${whole}\` when the old Loki has stopped`
        : `the old lines lie in \`${name}\`, which the old Loki has`;
  return {
    spec: { objectStorage },
    comments: {
      [at]: `${placeOf(node)}. To be decided: buckets are called \`${whole}\`, \`${prefix}-mimir\` and so on; ${bucket}`,
    },
    advice: [
      `Where data lie: \`objectStorage\`. Buckets are called \`${whole}\`, \`${prefix}-mimir\` and so on; ${bucket}. Two Lokis must not have one bucket, not for a minute`,
    ],
  };
}

/** The beginning of the names of buckets: that of the old one where it is taken over, another one while it is not. */
function prefixOf(name: string, { over, cluster }: Pick<Storage, 'over' | 'cluster'>): string {
  const prefix = name.endsWith('-loki') ? name.slice(0, -'-loki'.length) : name;
  return dnsLabel(over ? prefix : `${prefix.slice(0, 39 - cluster.length)}-${cluster}`, 40);
}

const KEY_OF = 'Secret object-storage';

function s3(storage: Storage): Found | undefined {
  const { config, annotations, ledger } = storage;
  const own = child(config, 'storage_config', 'aws') ?? child(config, 'common', 'storage', 's3');
  if (own === undefined) return undefined;
  const url = child(own, 's3');
  const [, credential, place = '', inUrl] =
    /^s3:\/\/(?:([^@/]*)@)?([^/?]*)(?:\/([^?]*))?/.exec(textOf(url) ?? '') ?? [];
  const names = child(own, 'bucketnames');
  const [name = ''] = (textOf(names) ?? inUrl ?? '').split(',');
  const node = names ?? url;
  if (name === '' || node === undefined) return undefined;
  const said = child(own, 'endpoint');
  const host = (textOf(said) ?? (place.includes('.') ? place : '')).replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const [, amazon] = /^s3[.-]([a-z0-9-]+)\.amazonaws\.com$/.exec(host) ?? [];
  const endpoint = host === '' || /(?:^|\.)amazonaws\.com$/.test(host) ? undefined : host;
  const region = textOf(child(own, 'region')) ?? amazon ?? (place !== '' && !place.includes('.') ? place : 'us-east-1');
  const keys = ['access_key_id', 'secret_access_key'].some((key) => child(own, key) !== undefined);
  const role = child(annotations, 'eks.amazonaws.com/role-arn');
  const secret = keys || credential !== undefined || endpoint !== undefined;
  const insecure = booleanOf(child(own, 'insecure')) === true || /^http:\/\//.test(textOf(said) ?? '');
  const pathStyle = booleanOf(child(own, 's3forcepathstyle')) === true;
  ledger.changed(names, 'objectStorage.s3.bucketPrefix', 'the beginning of the names of all buckets');
  if (credential !== undefined && url !== undefined)
    for (const key of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY']) keyOf(url, key, ledger);
  ledger.changed(
    url,
    'objectStorage.s3',
    credential === undefined
      ? 'region and bucket have keys of their own'
      : 'region and bucket have keys of their own; the access key stays out of git',
  );
  ledger.carried(child(own, 'region'), 'objectStorage.s3.region');
  if (endpoint === undefined) ledger.changed(said, 'objectStorage.s3.region', 'the region says where it is');
  else ledger.changed(said, 'objectStorage.s3.endpoint', 'host and port, without a scheme');
  ledger.carried(child(own, 'insecure'), 'objectStorage.s3.insecure');
  ledger.carried(child(own, 's3forcepathstyle'), 'objectStorage.s3.pathStyle');
  keysOf(
    own,
    [
      ['access_key_id', 'ACCESS_KEY_ID'],
      ['secret_access_key', 'SECRET_ACCESS_KEY'],
    ],
    ledger,
  );
  if (role !== undefined && !secret) ledger.carried(role, 'objectStorage.s3.roleArn');
  const value = {
    region,
    bucketPrefix: prefixOf(name, storage),
    ...(endpoint !== undefined && { endpoint }),
    ...(insecure && { insecure }),
    ...(pathStyle && { pathStyle }),
    auth: secret ? 'secret' : 'workload-identity',
    ...(!secret && role !== undefined && { roleArn: textOf(role) }),
  };
  return { objectStorage: { s3: value }, name, at: 'objectStorage/s3/bucketPrefix', node };
}

/** Values that stay out of git: the Secret is the one of all stores. */
function keysOf(own: SourceNode, keys: readonly (readonly [key: string, name: string])[], ledger: Ledger): void {
  for (const [key, name] of keys) {
    const node = child(own, key);
    if (node !== undefined) keyOf(node, name, ledger);
  }
}

function keyOf(node: SourceNode, key: string, ledger: Ledger): void {
  ledger.secret(node, { secret: 'object-storage', key }, KEY_OF, 'a key of the object storage', 'observability');
}

function gcs(storage: Storage): Found | undefined {
  const { config, annotations, ledger } = storage;
  const own = child(config, 'storage_config', 'gcs') ?? child(config, 'common', 'storage', 'gcs');
  const node = child(own, 'bucket_name');
  const name = textOf(node);
  if (own === undefined || node === undefined || name === undefined) return undefined;
  ledger.changed(node, 'objectStorage.gcs.bucketPrefix', 'the beginning of the names of all buckets');
  keysOf(own, [['service_account', 'service-account']], ledger);
  const account = child(annotations, 'iam.gke.io/gcp-service-account');
  ledger.carried(account, 'objectStorage.gcs.serviceAccount');
  const secret = child(own, 'service_account') !== undefined;
  const value = {
    bucketPrefix: prefixOf(name, storage),
    auth: secret ? 'secret' : 'workload-identity',
    ...(!secret && account !== undefined && { serviceAccount: textOf(account) }),
  };
  return { objectStorage: { gcs: value }, name, at: 'objectStorage/gcs/bucketPrefix', node };
}

function azure(storage: Storage): Found | undefined {
  const { config, ledger } = storage;
  const own = child(config, 'storage_config', 'azure') ?? child(config, 'common', 'storage', 'azure');
  const node = child(own, 'container_name');
  const name = textOf(node);
  if (own === undefined || node === undefined || name === undefined) return undefined;
  ledger.changed(node, 'objectStorage.azure.containerPrefix', 'the beginning of the names of all containers');
  ledger.carried(child(own, 'account_name'), 'objectStorage.azure.storageAccount');
  keysOf(own, [['account_key', 'AZURE_STORAGE_KEY']], ledger);
  for (const key of ['use_managed_identity', 'use_federated_token'])
    ledger.changed(
      child(own, key),
      'objectStorage.azure.auth',
      'pods sign in by workload identity, where there is no key',
    );
  const value = {
    storageAccount: textOf(child(own, 'account_name')) ?? '',
    containerPrefix: prefixOf(name, storage),
    auth: child(own, 'account_key') === undefined ? 'workload-identity' : 'secret',
  };
  return { objectStorage: { azure: value }, name, at: 'objectStorage/azure/containerPrefix', node };
}
