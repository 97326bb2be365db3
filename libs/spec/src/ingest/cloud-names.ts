import { z } from 'zod';

/** What clouds call their places, and those who sign in. */

export const region = z
  .string()
  .regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, 'a region such as `eu-west-1`')
  .max(63);

const role = z
  .string()
  .regex(/^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'a role such as `arn:aws:iam::111122223333:role/name`');

export const amazon = {
  region,
  roleArn: role
    .optional()
    .describe(
      'Put on the ServiceAccount alloy-sources (IRSA), the same for all sources; EKS Pod Identity unless said.',
    ),
  assumeRoleArn: role.optional().describe('A role, of another account say, that it goes on to assume for this source.'),
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const uuid = z.string().regex(UUID, 'an id such as `00000000-0000-0000-0000-000000000000`');

export const project = z
  .string()
  .regex(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/, 'a project id such as `my-project-1`')
  .describe('Roles of IAM are bound to the ServiceAccount alloy-sources itself.');
