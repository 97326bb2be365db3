import { amazonDomain } from '../../cloud-access.ts';
import { anywhere, byName, byPort, byUrl, type WaysTo } from './way.ts';

const fixed: WaysTo<'static'> = ({ targets, scheme }, why) => byPort(targets, scheme, why);

/** The list is asked of the cluster's own DNS, which everybody may ask. */
const dns: WaysTo<'dns'> = ({ port, ports, scheme }, why) =>
  anywhere(ports ?? (port === undefined ? [] : [port]), scheme, why);

const http: WaysTo<'http'> = ({ url, ports, scheme }, why) => [
  ...byUrl([url], 'asks for a list of targets'),
  ...anywhere(ports, scheme, why),
];

const consul: WaysTo<'consul'> = ({ server, serverScheme, ports, scheme }, why) => [
  ...byPort([server], serverScheme, 'asks Consul for services'),
  ...anywhere(ports, scheme, why),
];

const ec2: WaysTo<'ec2'> = ({ region, port, scheme }, why) => [
  byName([`ec2.${region}.${amazonDomain(region)}`], 'asks for instances of EC2'),
  ...anywhere([port], scheme, why),
];

const azure: WaysTo<'azure'> = ({ port, scheme }, why) => [
  byName(['management.azure.com'], 'asks for virtual machines of Azure'),
  ...anywhere([port], scheme, why),
];

const gce: WaysTo<'gce'> = ({ port, scheme }, why) => [
  byName(['compute.googleapis.com'], 'asks for instances of Google Compute Engine'),
  ...anywhere([port], scheme, why),
];

export const discovered = { static: fixed, dns, http, consul, ec2, azure, gce } as const;
