import { z } from 'zod';
import { mysqlCollectors } from './mysql-collectors.ts';
import { hostAndPort, httpUrl, secretKey } from './references.ts';
import { tls, tlsByName } from './tls.ts';

/** Databases and brokers, whose metrics Alloy makes itself. */

const username = z.string().min(1).max(128);
const address = hostAndPort.describe('Where it is: label `instance`, and what the network policies let out.');

/** Servers whose host, user and password are one text, which is a secret. */
const serversBy = (form: string) =>
  z
    .array(z.strictObject({ address, dataSource: secretKey.describe(`${form}, of this one host.`) }))
    .min(1)
    .max(200);

const postgresql = z.strictObject({
  servers: serversBy('`postgresql://user:password@host:5432/database`'),
  allDatabases: z.boolean().default(false).describe('Every database of a server, not only the one that is named.'),
});

const mysql = z.strictObject({
  servers: serversBy('`user:password@tcp(host:3306)/`'),
  collectors: z
    .array(z.enum(mysqlCollectors))
    .max(mysqlCollectors.length)
    .default([])
    .describe('Collectors of mysqld_exporter beyond those that it has on by itself.'),
});

const redis = z.strictObject({
  servers: z.array(address).min(1).max(200),
  username: username.optional(),
  password: secretKey.optional(),
  tls: tlsByName.optional().describe('Over TLS; `{}` where nothing is to be said of it.'),
});

const kafka = z.strictObject({
  brokers: z
    .array(hostAndPort)
    .min(1)
    .max(200)
    .describe('Every broker as the cluster advertises it: what the network policies let out.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'a version such as `3.9.0`')
    .optional(),
  tls: tls.optional().describe('Over TLS; `{}` where nothing is to be said of it.'),
  sasl: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha256', 'scram-sha512']).default('plain'),
      username,
      password: secretKey,
    })
    .optional(),
});

const mongodb = z.strictObject({ servers: serversBy('`mongodb://user:password@host:27017/`') });

const elasticsearch = z.strictObject({
  url: httpUrl,
  login: z.strictObject({ username, password: secretKey }).optional(),
  tls: tlsByName.optional(),
  allNodes: z.boolean().default(true).describe('Of every node of the cluster, not only of the one that answers.'),
  indices: z.boolean().default(false).describe('Of every index, too: some 70 series for each.'),
});

export const databases = {
  postgresql: postgresql.optional(),
  mysql: mysql.optional(),
  redis: redis.optional(),
  kafka: kafka.optional().describe('A cluster of Kafka: its topics, and how far groups of consumers are behind.'),
  mongodb: mongodb.optional(),
  elasticsearch: elasticsearch.optional(),
};
