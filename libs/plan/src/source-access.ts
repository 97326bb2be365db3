import type { ClusterSpec } from '@lgtm-fleet/spec';
import { amazonAccess, entraAccess, googleAccess, nodeAccess } from './cloud-access.ts';
import type { CloudAccess, SourceAccess } from './types.ts';

type Source = ClusterSpec['spec']['ingest']['sources'][number];

/** What all sources of clouds need together; `undefined` where there are none. The spec has one identity of each kind. */
export function sourceAccess(sources: readonly Source[]): SourceAccess | undefined {
  const amazon = sources.flatMap(({ ec2, cloudwatch }) => [ec2, cloudwatch].filter((one) => one !== undefined));
  const regions = regionsOf(amazon);
  const roleArn = amazon.find((one) => one.roleArn !== undefined)?.roleArn;
  // Which account it is asking for, CloudWatch's client asks STS; and a role of another account is assumed there.
  const sts = amazon.filter((one) => roleArn !== undefined || 'services' in one || one.assumeRoleArn !== undefined);
  const clientId = sources.find(({ azureMonitor }) => azureMonitor !== undefined)?.azureMonitor?.clientId;
  const parts: readonly CloudAccess[] = [
    ...(regions.length > 0 ? [amazonAccess(roleArn, regionsOf(sts))] : []),
    ...(clientId === undefined ? [] : [entraAccess(clientId)]),
    ...(sources.some(({ azure }) => azure !== undefined) ? [nodeAccess] : []),
    ...(sources.some(({ gce, gcp }) => gce !== undefined || gcp !== undefined) ? [googleAccess()] : []),
  ];
  if (parts.length === 0) return undefined;
  const [first] = regions;
  return {
    serviceAccountAnnotations: merged(parts.map((part) => part.serviceAccountAnnotations)),
    podLabels: merged(parts.map(({ podLabels }) => podLabels)),
    // Nodes of Azure and of Google have their metadata server at the same address.
    tokenSources: [
      ...new Map(parts.flatMap(({ tokenSources }) => tokenSources).map((one) => [JSON.stringify(one), one])).values(),
    ],
    // CloudWatch's client changes the token before it knows a region: at STS of this one, and not of the cluster's.
    environment: first === undefined ? {} : { AWS_REGION: first },
  };
}

function regionsOf(places: readonly { readonly region: string }[]): readonly string[] {
  return [...new Set(places.map(({ region }) => region))].toSorted();
}

function merged(records: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}
