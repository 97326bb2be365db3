import { amazonDomain } from '../../cloud-access.ts';
import { byName, type WaysTo } from './way.ts';

/** Whom the client asks for resources whose tags the tagging service does not have, by namespace. */
const RESOURCES: Readonly<Record<string, string>> = {
  'AWS/ApiGateway': 'apigateway',
  'AWS/AutoScaling': 'autoscaling',
  'AWS/DMS': 'dms',
  'AWS/EC2Spot': 'ec2',
  'AWS/Prometheus': 'aps',
  'AWS/StorageGateway': 'storagegateway',
  'AWS/TransitGateway': 'ec2',
};

/** What is one for a whole partition: names of accounts, and the protections of Shield. */
function iamHost(region: string): string {
  if (region.startsWith('cn-')) return 'iam.cn-north-1.amazonaws.com.cn';
  return region.startsWith('us-gov-') ? 'iam.us-gov.amazonaws.com' : 'iam.amazonaws.com';
}
const SHIELD = 'shield.us-east-1.amazonaws.com';

/** IAM has the name of the account, which is put on each value. */
const cloudwatch: WaysTo<'cloudwatch'> = ({ region, services }, why) => {
  const namespaces = services.map(({ namespace }) => namespace);
  const names = ['monitoring', 'tagging', ...namespaces.flatMap((namespace) => RESOURCES[namespace] ?? [])];
  const hosts = [...new Set(names)].map((name) => `${name}.${region}.${amazonDomain(region)}`);
  const ofShield = namespaces.includes('AWS/DDoSProtection') ? [SHIELD] : [];
  return [byName([...hosts, iamHost(region), ...ofShield], why)];
};

const azureMonitor: WaysTo<'azureMonitor'> = (_, why) => [byName(['management.azure.com'], why)];

const gcp: WaysTo<'gcp'> = (_, why) => [byName(['monitoring.googleapis.com'], why)];

export const clouds = { cloudwatch, azureMonitor, gcp } as const;
