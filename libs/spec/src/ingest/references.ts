import { z } from 'zod';
import { dnsLabel } from '../names.ts';

/** A value that is never written here: a key of a Secret in the namespace `monitoring`. */
export const secretKey = z.strictObject({
  // Its volume is called after it, with a word before, and may be as long as a label.
  secret: dnsLabel.max(56).describe('Name of the Secret.'),
  key: z
    .string()
    .regex(/^[-._a-zA-Z0-9]+$/, 'a key of a Secret: letters, digits, `-`, `_` and `.`')
    .max(253),
});

export type SecretKey = z.output<typeof secretKey>;

const LABEL = '[a-zA-Z0-9_](?:[-_a-zA-Z0-9]*[a-zA-Z0-9_])?';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:.]+\\])`;

/** `host:port`, as Prometheus takes a target. */
export const hostAndPort = z
  .string()
  .regex(new RegExp(`^${HOST}:\\d{1,5}$`), 'an address such as `10.0.0.7:9100` or `vm-1.example.com:9100`')
  .max(260);
/** A host without a port. */
export const host = z
  .string()
  .regex(new RegExp(`^${HOST}$`), 'a host name or an address, without a port')
  .max(255);
export const httpUrl = z
  .string()
  .regex(
    /^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/,
    'an address such as `https://sd.example.com/targets`, without a password',
  )
  .max(2048);
export const port = z.int().min(1).max(65_535);
/** Name of a label of a series. */
export const metricLabel = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'the name of a label: letters, digits and `_`')
  .max(128);
/** Labels that are put on everything that a source gives. */
export const metricLabels = z.record(metricLabel, z.string().max(1024)).default({});
