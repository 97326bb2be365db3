import type { ClusterSpec } from '@lgtm-fleet/spec';
import type { CloudAccess, TokenSource } from './types.ts';

type Storage = NonNullable<ClusterSpec['spec']['objectStorage']>;

/** Keys from a Secret, and nobody to ask. */
export const withKeys: CloudAccess = {
  auth: 'secret',
  serviceAccountAnnotations: {},
  podLabels: {},
  tokenSources: [],
};

/** No keys; what is there instead, each cloud says. */
const withIdentity: CloudAccess = { ...withKeys, auth: 'workload-identity' };

export function amazonDomain(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** The agent of EKS Pod Identity answers on every node at these, for both kinds of IP. */
const POD_IDENTITY_AGENT: TokenSource = {
  name: 'pod-identity-agent',
  hosts: ['169.254.170.23', 'fd00:ec2::23'],
  port: 80,
  protocol: 'http',
};

export function s3Access({ auth, roleArn, region }: NonNullable<Storage['s3']>): CloudAccess {
  return auth === 'secret' ? withKeys : amazonAccess(roleArn, roleArn === undefined ? [] : [region]);
}

/**
 * A role on the ServiceAccount is IRSA: pods change their token at STS. Without one it is EKS Pod Identity, and STS is
 * for those who ask it for more.
 */
export function amazonAccess(roleArn: string | undefined, stsRegions: readonly string[]): CloudAccess {
  const sts = stsRegions.map((region) => `sts.${region}.${amazonDomain(region)}`);
  return {
    ...withIdentity,
    serviceAccountAnnotations: roleArn === undefined ? {} : { 'eks.amazonaws.com/role-arn': roleArn },
    tokenSources: [
      ...(roleArn === undefined ? [POD_IDENTITY_AGENT] : []),
      ...(sts.length > 0 ? [tokenService(...sts)] : []),
    ],
  };
}

/** Of a node, with what the node itself may do. */
const METADATA_SERVER: TokenSource = {
  name: 'metadata-server',
  hosts: ['169.254.169.254'],
  port: 80,
  protocol: 'http',
};

/**
 * GKE answers for the metadata server of a node. With Dataplane V2 a policy sees the address that pods dial; with the
 * older dataplane the one to which it is translated.
 */
const METADATA_SERVERS: readonly TokenSource[] = [
  METADATA_SERVER,
  { name: 'metadata-server', hosts: ['169.254.169.252'], port: 988, protocol: 'http' },
];

export function gcsAccess({ auth, serviceAccount }: NonNullable<Storage['gcs']>): CloudAccess {
  return auth === 'secret'
    ? { ...withKeys, tokenSources: [tokenService('oauth2.googleapis.com')] }
    : googleAccess(serviceAccount);
}

/** Without a service account of IAM, roles are bound to the Kubernetes ServiceAccounts, and nothing is annotated. */
export function googleAccess(serviceAccount?: string): CloudAccess {
  return {
    ...withIdentity,
    serviceAccountAnnotations: serviceAccount === undefined ? {} : { 'iam.gke.io/gcp-service-account': serviceAccount },
    tokenSources: METADATA_SERVERS,
  };
}

/** Where Entra signs in outside the public cloud, by what blobs are called in that cloud. */
const ENTRA: Readonly<Record<string, readonly string[]>> = {
  'blob.core.chinacloudapi.cn': ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
  'blob.core.usgovcloudapi.net': ['login.microsoftonline.us'],
};

export function azureAccess(azure: NonNullable<Storage['azure']>): CloudAccess {
  const { auth, clientId, tenantId, endpointSuffix } = azure;
  if (auth === 'secret' || clientId === undefined) return withKeys;
  const access = entraAccess(clientId, ENTRA[endpointSuffix]);
  if (tenantId === undefined) return access;
  return {
    ...access,
    serviceAccountAnnotations: {
      ...access.serviceAccountAnnotations,
      'azure.workload.identity/tenant-id': tenantId,
    },
  };
}

export function entraAccess(clientId: string, hosts: readonly string[] = ['login.microsoftonline.com']): CloudAccess {
  return {
    ...withIdentity,
    serviceAccountAnnotations: { 'azure.workload.identity/client-id': clientId },
    // Only pods with it get a token mounted.
    podLabels: { 'azure.workload.identity/use': 'true' },
    tokenSources: [tokenService(...hosts)],
  };
}

/** By a managed identity of the node: not the pod's own, so nothing of the pod says so. */
export const nodeAccess: CloudAccess = { ...withIdentity, tokenSources: [METADATA_SERVER] };

function tokenService(...hosts: readonly string[]): TokenSource {
  return { name: 'token-service', hosts, port: 443, protocol: 'https' };
}
