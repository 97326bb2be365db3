import { z } from 'zod';
import { secretKey } from './references.ts';

const shown = {
  ca: secretKey
    .optional()
    .describe('Who has signed the certificate of whom is asked; those that the system knows unless said.'),
  certificate: secretKey.optional().describe('What is shown to whom is asked, with `key`.'),
  key: secretKey.optional(),
  skipVerify: z.boolean().default(false).describe('Take any certificate.'),
};

/** For programs that expect the name by which they call, and no other. */
export const tlsByName = z.strictObject(shown);
export const tls = z.strictObject({ ...shown, serverName: z.string().min(1).max(253).optional() });
