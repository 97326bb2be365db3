import { z } from 'zod';
import { host, hostAndPort, httpUrl, secretKey } from './references.ts';
import { scrape } from './scrape.ts';
import { snmpModules } from './snmp-modules.ts';
import { tls } from './tls.ts';

/** What is asked from outside, as a user or a router would see it. */

const http = z.strictObject({
  urls: z.array(httpUrl).min(1).max(2000),
  method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
  statuses: z.array(z.int().min(100).max(599)).max(50).default([]).describe('Any 2xx unless said.'),
  bodyMatches: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe('The answer, of 1 MiB at most, has to match this expression somewhere.'),
  followRedirects: z
    .boolean()
    .default(false)
    .describe('Where they lead has to be among the hosts and ports that are named: nothing else is let out.'),
  auth: scrape.auth,
  tls: tls.optional(),
});

const tcp = z.strictObject({
  addresses: z.array(hostAndPort).min(1).max(2000),
  tls: tls.optional().describe('Shake hands over TLS, too; `{}` where nothing is to be said of it.'),
});

const icmp = z.strictObject({
  hosts: z.array(host).min(1).max(2000).describe('Addresses; names only where network policies know names (Cilium).'),
});

const dns = z.strictObject({
  servers: z.array(hostAndPort).min(1).max(500),
  query: host,
  type: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT']).default('A'),
  transport: z.enum(['udp', 'tcp']).default('udp'),
});

const blackbox = z.strictObject({
  prefer: z.enum(['ip4', 'ip6']).default('ip4').describe('Which address is taken of a name that has both.'),
  http: http.optional().describe('Answers over HTTP; of HTTPS the expiry of the certificate, too.'),
  tcp: tcp.optional().describe('A port that takes connections; over TLS the expiry of the certificate, too.'),
  icmp: icmp.optional().describe('A host that answers to ping.'),
  dns: dns.optional().describe('A server that answers a question.'),
});

const snmp = z.strictObject({
  devices: z.array(host).min(1).max(2000).describe('At UDP port 161.'),
  modules: z.array(z.enum(snmpModules)).min(1).max(10).default(['if_mib']).describe('Which tables are walked.'),
  auth: secretKey
    .optional()
    .describe('A file of snmp_exporter that has `fleet` below `auths`; community `public` of version 2 unless said.'),
});

export const probes = {
  blackbox: blackbox.optional().describe('Probes from inside the cluster to anything outside.'),
  snmp: snmp.optional().describe('Routers, switches, power supplies.'),
};
