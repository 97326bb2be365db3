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

/** A role on the ServiceAccount is IRSA: pods change their token at STS. Without one it is EKS Pod Identity. */
export function s3Access({ auth, roleArn, region }: NonNullable<Storage['s3']>): CloudAccess {
  if (auth === 'secret') return withKeys;
  if (roleArn === undefined) return { ...withKeys, auth, tokenSources: [POD_IDENTITY_AGENT] };
  return {
    ...withKeys,
    auth,
    serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': roleArn },
    tokenSources: [tokenService(`sts.${region}.${amazonDomain(region)}`)],
  };
}

/**
 * GKE answers for the metadata server of a node. With Dataplane V2 a policy sees the address that pods dial; with the
 * older dataplane the one to which it is translated.
 */
const METADATA_SERVERS: readonly TokenSource[] = [
  { name: 'metadata-server', hosts: ['169.254.169.254'], port: 80, protocol: 'http' },
  { name: 'metadata-server', hosts: ['169.254.169.252'], port: 988, protocol: 'http' },
];

/** Without a service account of IAM, roles are bound to the stores' own ServiceAccounts, and nothing is annotated. */
export function googleAccess({ auth, serviceAccount }: NonNullable<Storage['gcs']>): CloudAccess {
  if (auth === 'secret') return { ...withKeys, tokenSources: [tokenService('oauth2.googleapis.com')] };
  return {
    ...withKeys,
    auth,
    serviceAccountAnnotations: serviceAccount === undefined ? {} : { 'iam.gke.io/gcp-service-account': serviceAccount },
    tokenSources: METADATA_SERVERS,
  };
}

/** Where Entra signs in, by what blobs are called in that cloud. */
const ENTRA: Readonly<Record<string, readonly string[]>> = {
  'blob.core.chinacloudapi.cn': ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
  'blob.core.usgovcloudapi.net': ['login.microsoftonline.us'],
};

export function azureAccess(azure: NonNullable<Storage['azure']>): CloudAccess {
  const { auth, clientId, tenantId, endpointSuffix } = azure;
  if (auth === 'secret' || clientId === undefined) return withKeys;
  return {
    auth,
    serviceAccountAnnotations: {
      'azure.workload.identity/client-id': clientId,
      ...(tenantId !== undefined && { 'azure.workload.identity/tenant-id': tenantId }),
    },
    // Only pods with it get a token mounted.
    podLabels: { 'azure.workload.identity/use': 'true' },
    tokenSources: [tokenService(...(ENTRA[endpointSuffix] ?? ['login.microsoftonline.com']))],
  };
}

function tokenService(...hosts: readonly string[]): TokenSource {
  return { name: 'token-service', hosts, port: 443, protocol: 'https' };
}
