import { z } from 'zod';
import { hostAndPort, httpUrl, secretKey } from './references.ts';

/** Databases and brokers, whose metrics Alloy makes itself. */

const login = z.strictObject({ username: z.string().min(1).max(128), password: secretKey }).optional();
const addresses = z.array(hostAndPort).min(1).max(200);

export const databases = {
  postgresql: z
    .strictObject({
      dataSources: z
        .array(secretKey)
        .min(1)
        .max(100)
        .describe('`postgresql://user:password@host:5432/database`, each a Secret.'),
      hosts: addresses.describe('Where they are: what the network policies let out.'),
    })
    .optional(),
  mysql: z
    .strictObject({
      dataSource: secretKey.describe('`user:password@tcp(host:3306)/`.'),
      host: hostAndPort,
    })
    .optional(),
  redis: z.strictObject({ host: hostAndPort, password: secretKey.optional() }).optional(),
  kafka: z
    .strictObject({
      brokers: addresses,
      version: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, 'a version such as `3.9.0`')
        .optional(),
      tls: z.boolean().default(false),
      sasl: login,
    })
    .optional(),
  mongodb: z
    .strictObject({ uri: secretKey.describe('`mongodb://user:password@host:27017/`.'), host: hostAndPort })
    .optional(),
  elasticsearch: z.strictObject({ url: httpUrl, login, allNodes: z.boolean().default(true) }).optional(),
};
