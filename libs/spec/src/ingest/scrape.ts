import { z } from 'zod';
import { duration } from '../quantities.ts';
import { secretKey } from './references.ts';
import { tls } from './tls.ts';

const auth = z
  .strictObject({
    basic: z.strictObject({ username: z.string().min(1).max(256), password: secretKey }).optional(),
    bearer: secretKey.optional(),
  })
  .optional();

/** How targets are asked over HTTP. */
export const scrape = {
  scheme: z.enum(['http', 'https']).default('http'),
  path: z
    .string()
    .regex(/^\/\S*$/, 'a path such as `/metrics`')
    .max(1024)
    .default('/metrics'),
  params: z.record(z.string().min(1).max(256), z.array(z.string().max(4096)).max(100)).optional(),
  honorLabels: z.boolean().default(false).describe("A target's own labels win over those of its source."),
  honorTimestamps: z.boolean().default(true).describe("A target's own times are taken."),
  auth: auth.describe('What is shown to a target: a name and a password, or a token.'),
  tls: tls.optional(),
};

/** How often a list of targets is looked up again. */
export const refresh = duration(5, 86_400, '5s to 1d', 'How often the list is looked up again.').prefault('60s');

/** How those who keep a list of targets are asked for it. */
export const server = {
  auth: auth.describe('What is shown to the server of the list, which is not what targets are shown.'),
  tls: tls.optional().describe('For the server of the list.'),
};
