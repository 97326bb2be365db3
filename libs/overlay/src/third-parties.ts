import type { Plan } from '@lgtm-fleet/plan';
import type { ReleaseName } from '@lgtm-fleet/releases';

/** Third-party manifests: synced from their own repositories at the pinned tag, never copied here. */
export interface ThirdParty {
  readonly name: string;
  readonly release: ReleaseName;
  readonly why: string;
}

/** Of all that a cluster may need. */
export const thirdPartyReleases = [
  'prometheus-operator-crds',
  'gateway-api-crds',
] as const satisfies readonly ReleaseName[];

/** What the components of a cluster need and others maintain; Argo CD itself is apart, see `argocd.ts`. */
export function thirdParties(plan: Plan): readonly ThirdParty[] {
  return [
    {
      name: 'prometheus-operator-crds',
      release: 'prometheus-operator-crds',
      why: 'ServiceMonitor and PodMonitor, which Alloy reads; the operator itself is not used.',
    },
    ...(plan.exposure === undefined || plan.exposure.entry.kind === 'ingress'
      ? []
      : [
          {
            name: 'gateway-api-crds',
            release: 'gateway-api-crds',
            why: 'HTTPRoute and GRPCRoute, by which Grafana and the push gateway are reached, and what goes with them.',
          } as const,
        ]),
  ];
}
