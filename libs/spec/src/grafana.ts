import { z } from 'zod';
import { groupName, hostname } from './names.ts';
import { empty } from './object-storage.ts';

// Both end up in grafana.ini, where a line end, `$` and `;` have a meaning.
const issuer = z
  .string()
  .regex(
    /^https:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{2,5})?(\/[\w.~%@:+/-]*)?$/i,
    'an address such as `https://id.example.com`',
  )
  .max(512);
const clientId = z
  .string()
  .regex(/^[\w.~@:+/-]+$/, 'a client id: letters, digits and `. ~ @ : + / - _`')
  .max(255);

const profilesUrl = z
  .string()
  .regex(
    /^https?:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{2,5})?(\/[\w.~%@:+-]+)*$/i,
    'an address such as `https://pyroscope.example.com`, without a slash at the end',
  )
  .max(512);

/** Where Grafana keeps its state, how people sign in, and what of others it shows. */
export const grafana = z.strictObject({
  database: z
    .strictObject({
      sqlite: empty.optional(),
      postgres: z
        .strictObject({
          host: hostname,
          port: z.int().min(1).max(65_535).default(5432),
          name: z
            .string()
            .regex(/^[a-z_][a-z0-9_]*$/, 'a database name: `a-z`, `0-9` and `_`')
            .max(63)
            .default('grafana'),
        })
        .optional(),
    })
    .optional(),
  oidc: z
    .strictObject({
      issuer,
      clientId,
      authorizationUrl: issuer
        .optional()
        .describe('<issuer>/authorize unless said; Grafana reads no discovery document.'),
      tokenUrl: issuer.optional().describe('<issuer>/token unless said.'),
      userInfoUrl: issuer.optional().describe('<issuer>/userinfo unless said.'),
      groupsClaim: z
        .string()
        .regex(/^[A-Za-z_][\w]*$/, 'the name of a claim: letters, digits and `_`')
        .max(64)
        .default('groups')
        .describe("Claim that holds a person's groups."),
      groupsScope: z
        .string()
        .regex(/^[A-Za-z_][\w:.-]*$/, 'the name of a scope')
        .max(64)
        .optional()
        .describe('Scope to ask for so that the claim comes, where the provider wants one.'),
      administrators: z
        .array(groupName)
        .max(20)
        .default([])
        .describe('Groups that administer Grafana; everybody else is what the tenants say.'),
    })
    .optional(),
  profiles: z
    .strictObject({
      url: profilesUrl,
      basicAuth: z
        .boolean()
        .default(false)
        .describe('Grafana signs in there with the user name and password of Secret grafana-profiles.'),
    })
    .optional()
    .describe('A Pyroscope that somebody else runs: spans lead to the profiles of their service.'),
});
