import { z } from 'zod';

/** Names as Kubernetes, DNS and the stores take them. */

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const HOSTNAME = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LISTENER = /^(\*\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Devices on Windows, where no folder can be called so; half a team could not clone the repository. */
export const RESERVED_BY_WINDOWS = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/;

/** What a DNS label is, for messages. */
export const LABEL = 'a DNS label: `a-z`, `0-9` and `-`, not at the ends';

export const labelKey = z.string().regex(DNS_LABEL, LABEL).max(63);
export const labelValue = z
  .string()
  .regex(
    /^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/,
    'a label value: letters, digits, `-`, `_` and `.`, not at the ends',
  )
  .max(63);
// 40 characters leave room for every suffix that a derived name gets within 63.
export const clusterName = z.string().regex(DNS_LABEL, LABEL).max(40);
export const dnsLabel = z.string().regex(DNS_LABEL, LABEL).max(63);
/** Name of an object without a stricter rule of its kind: of a StorageClass, an issuer, a GatewayClass. */
export const objectName = (kind: string) =>
  z.string().regex(DNS_NAME, `the name of ${kind}: \`a-z\`, \`0-9\`, \`-\` and \`.\`, not at the ends`).max(253);
export const hostname = z.string().regex(HOSTNAME, 'a host name such as `grafana.example.com`').max(253);
/** A host name, or all names of a domain: `*.example.com`. */
export const listenerHostname = z.string().regex(LISTENER, 'a host name, or all of a domain: `*.example.com`').max(253);
/** Name of a tenant, and of whoever signs in at the gateway; what all three stores take. */
export const tenantName = z
  .string()
  .regex(/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/, 'a tenant name: letters, digits, `-` and `_`, not at the ends')
  .max(63);
/** A group as the OIDC provider names it; it becomes part of Grafana's mapping, which has separators of its own. */
export const groupName = z
  .string()
  .regex(/^[\w][\w.@/+-]*$/, 'the name of a group: letters, digits and `. @ / + - _`')
  .max(128);
