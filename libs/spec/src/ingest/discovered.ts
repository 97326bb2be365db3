import { z } from 'zod';
import { amazon, project, uuid } from './cloud-names.ts';
import { host, hostAndPort, httpUrl, port, secretKey } from './references.ts';
import { refresh, scrape, server } from './scrape.ts';

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
  serverAuth: server.auth,
  serverTls: server.tls,
  ports,
  refresh,
  ...scrape,
});

const consul = z.strictObject({
  server: hostAndPort,
  serverScheme: z.enum(['http', 'https']).default('http'),
  serverTls: server.tls,
  datacenter: z.string().min(1).max(128).optional(),
  token: secretKey.optional(),
  services: z.array(z.string().min(1).max(256)).max(500).default([]).describe('All services unless said.'),
  tags: z.array(z.string().min(1).max(256)).max(50).default([]).describe('A service has all of them.'),
  ports,
  refresh,
  ...scrape,
});

const ec2 = z.strictObject({
  ...amazon,
  filters: z
    .record(z.string().min(1).max(256), z.array(z.string().max(256)).min(1).max(50))
    .default({})
    .describe('As DescribeInstances has them: `tag:Team: [shop]`. Instances that run are taken, and no others.'),
  port,
  refresh,
  ...scrape,
});

const azure = z.strictObject({
  subscriptionId: uuid,
  clientId: uuid.describe("A managed identity of the cluster's nodes: this list is asked for as nothing else."),
  resourceGroup: z.string().min(1).max(90).optional(),
  port,
  refresh,
  ...scrape,
});

const gce = z.strictObject({
  project,
  zone: z.string().regex(/^[a-z]+-[a-z]+\d+-[a-z]$/, 'a zone such as `europe-west1-b`'),
  filter: z
    .string()
    .min(1)
    .max(2048)
    .optional()
    .describe('As instances.list has it: `labels.team=shop`. Instances that run are taken, and no others.'),
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
