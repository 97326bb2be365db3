import { z } from 'zod';
import { host, hostAndPort, httpUrl, secretKey } from './references.ts';

/** What is asked from outside, as a user or a router would see it. */

const url = z.array(httpUrl).min(1).max(2000);

const blackbox = z.strictObject({
  http: z
    .strictObject({
      urls: url,
      statuses: z.array(z.int().min(100).max(599)).max(50).default([]).describe('Any 2xx unless said.'),
      method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
      bodyMatches: z.string().min(1).max(1024).optional().describe('The answer has to match this expression.'),
      skipVerify: z.boolean().default(false),
    })
    .optional()
    .describe('Answers over HTTP; of HTTPS the expiry of the certificate, too.'),
  tcp: z
    .strictObject({ addresses: z.array(hostAndPort).min(1).max(2000), tls: z.boolean().default(false) })
    .optional()
    .describe('A port that takes connections.'),
  icmp: z
    .strictObject({ hosts: z.array(host).min(1).max(2000) })
    .optional()
    .describe('A host that answers to ping.'),
  dns: z
    .strictObject({
      servers: z.array(hostAndPort).min(1).max(500),
      query: host,
      type: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT']).default('A'),
    })
    .optional()
    .describe('A server that answers a question.'),
});

const snmp = z.strictObject({
  devices: z.array(host).min(1).max(2000),
  module: z
    .enum(['if_mib', 'hrSystem', 'hrStorage', 'ucd_la_table', 'system'])
    .default('if_mib')
    .describe('Which tables are walked.'),
  auth: z
    .strictObject({
      version: z.union([z.literal(2), z.literal(3)]).default(2),
      config: secretKey.describe('A file of snmp_exporter with one entry below `auths`, called `fleet`.'),
    })
    .optional()
    .describe('The community `public` of version 2 unless said.'),
});

export const probes = {
  blackbox: blackbox.optional().describe('Probes from inside the cluster to anything outside.'),
  snmp: snmp.optional().describe('Routers, switches, power supplies.'),
};
