import { z } from 'zod';
import { host, hostAndPort, httpUrl, port, secretKey } from './references.ts';
import { refresh, scrape } from './scrape.ts';

/** Where targets are found; each of these is scraped over HTTP. */

const ports = z
  .array(port)
  .min(1)
  .max(20)
  .describe('Ports on which targets may be: what the network policies let out.');

const fixed = z.strictObject({
  targets: z.array(hostAndPort).min(1).max(5000),
  ...scrape,
});

const dns = z.strictObject({
  names: z.array(host).min(1).max(100),
  type: z.enum(['A', 'AAAA', 'SRV']).default('SRV'),
  port: port.optional().describe('For A and AAAA, whose answers have none.'),
  ports: ports.optional().describe('For SRV: the ports that its answers may have.'),
  refresh,
  ...scrape,
});

const http = z.strictObject({
  url: httpUrl.describe('Answers with a JSON list of targets.'),
  ports,
  refresh,
  ...scrape,
});

const consul = z.strictObject({
  server: hostAndPort,
  serverScheme: z.enum(['http', 'https']).default('http'),
  datacenter: z.string().min(1).max(128).optional(),
  token: secretKey.optional(),
  services: z.array(z.string().min(1).max(256)).max(500).default([]).describe('All services unless said.'),
  tags: z.array(z.string().min(1).max(256)).max(50).default([]),
  ports,
  refresh,
  ...scrape,
});

const region = z
  .string()
  .regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, 'a region such as `eu-west-1`')
  .max(63);
const roleArn = z
  .string()
  .regex(/^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'a role such as `arn:aws:iam::111122223333:role/name`')
  .optional()
  .describe('The role that the ServiceAccount alloy-sources assumes (IRSA); EKS Pod Identity unless said.');

const ec2 = z.strictObject({
  region,
  roleArn,
  filters: z.record(z.string().min(1).max(256), z.array(z.string().max(256)).min(1).max(50)).default({}),
  port,
  refresh,
  ...scrape,
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const uuid = z.string().regex(UUID, 'an id such as `00000000-0000-0000-0000-000000000000`');
const clientId = uuid
  .optional()
  .describe('Managed identity or application with a federated credential for alloy-sources.');

const azure = z.strictObject({
  subscriptionId: uuid,
  clientId,
  resourceGroup: z.string().min(1).max(90).optional(),
  port,
  refresh,
  ...scrape,
});

const project = z.string().regex(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/, 'a project id such as `my-project-1`');

const gce = z.strictObject({
  project,
  zone: z.string().regex(/^[a-z]+-[a-z]+\d+-[a-z]$/, 'a zone such as `europe-west1-b`'),
  filter: z.string().max(2048).optional(),
  port,
  refresh,
  ...scrape,
});

export const discovered = {
  static: fixed.optional().describe('Targets by address.'),
  dns: dns.optional().describe('Targets by records of DNS.'),
  http: http.optional().describe('Targets from a list over HTTP.'),
  consul: consul.optional().describe('Services of Consul.'),
  ec2: ec2.optional().describe('Instances of EC2.'),
  azure: azure.optional().describe('Virtual machines of Azure.'),
  gce: gce.optional().describe('Instances of Google Compute Engine.'),
};

export { clientId, project, region, roleArn, uuid };
