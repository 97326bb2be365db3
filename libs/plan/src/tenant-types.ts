import type { AlertsPlan } from './notification-types.ts';

/** Whom the plan knows: tenants, and everybody who signs in for or to read them. */

export interface TenantPlan {
  readonly name: string;
  /** Part of the cluster's load, 0 to 1. */
  readonly share: number;
  /** Namespaces whose telemetry is this tenant's; the first tenant also takes all the rest. */
  readonly namespaces: readonly string[];
  readonly retentionSeconds: { readonly metrics: number; readonly logs: number; readonly traces: number };
  readonly limits: {
    readonly activeSeries: number;
    readonly samplesPerSecond: number;
    readonly logBytesPerSecond: number;
    readonly traceBytesPerSecond: number;
  };
  /** Limits that the spec says itself; the others follow from the share. */
  readonly said?: readonly ('activeSeries' | 'logs' | 'traces')[];
  /** What each store calls the owner of data from before there were tenants, which this tenant reads, too. */
  readonly adopts?: { readonly metrics: string; readonly logs: string; readonly traces: string };
  /** True where its senders may upload blocks of old metrics. */
  readonly blockUpload?: boolean;
  /** Groups of the OIDC provider that see it in Grafana, and those that also change it there. */
  readonly viewers: readonly string[];
  readonly editors: readonly string[];
  /** Where its alerts go; absent: they are seen in Grafana only. */
  readonly alerts?: AlertsPlan;
  /** How late its samples may come, where machines outside keep them for longer than the usual half an hour. */
  readonly lateSeconds?: number;
  /** What its sources outside may give in one series, with the labels that are put on everything; lengths are bytes. */
  readonly series?: { readonly labels: number; readonly labelNameLength: number; readonly labelValueLength: number };
  /** Labels of pairs that send the same to it, of which one is taken, and how many pairs there are. */
  readonly pair?: { readonly cluster: string; readonly replica: string; readonly count: number };
  /** What collectors show when they push as it; absent: a password. */
  readonly credential?: 'token' | 'certificate';
  /** True for the tenant of the stack's own telemetry. */
  readonly own: boolean;
}

/** What `X-Scope-OrgID` says of a read in each store, joined by `|`; more than the tenants where one adopts old data. */
export interface ReadIds {
  readonly metrics: readonly string[];
  readonly logs: readonly string[];
  readonly traces: readonly string[];
}

/** Somebody who signs in at the gateway. */
export interface CredentialPlan {
  /** User name at the gateway; among all of them, no two differ only in case. */
  readonly name: string;
  readonly kind: 'password' | 'token' | 'certificate';
  /** The tenant as which it pushes, and whose rules and alert routes it changes; absent: it only reads. */
  readonly writes?: string;
  /** Tenants whose telemetry it reads; empty: it only writes. */
  readonly reads: readonly string[];
  readonly readIds: ReadIds;
  /** Groups of the OIDC provider that read by it in Grafana. */
  readonly groups: readonly string[];
  readonly why: string;
}
