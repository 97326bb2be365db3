import type { Plan } from '@lgtm-fleet/plan';
import { warning, type ClusterFacts, type Finding } from './facts.ts';

/** What the cluster lacks of what people are to come in by. It can come later: everything else works without. */
export function entry({ exposure }: Plan, facts: ClusterFacts): readonly Finding[] {
  if (exposure === undefined) return [];
  const { tls } = exposure;
  const missing = missingEntry(exposure.entry, facts);
  return [
    ...(missing === undefined ? [] : [missing]),
    ...(tls?.kind === 'issuer' && facts.issuers?.includes(tls.name) !== true
      ? [
          facts.issuers === undefined
            ? warning(
                'no-cert-manager',
                'the spec has its certificate from an issuer, and the cluster has no cert-manager',
                "install cert-manager, which is the cluster's own as its Gateway controller is; until then Grafana has no certificate",
              )
            : warning(
                'no-issuer',
                `the cluster has no ClusterIssuer '${tls.name}'; ${known(facts.issuers)}`,
                'make it, or name another in spec.exposure.tls',
              ),
        ]
      : []),
  ];
}

type Entry = NonNullable<Plan['exposure']>['entry'];

function missingEntry(entry: Entry, facts: ClusterFacts): Finding | undefined {
  if (entry.kind === 'gateway') {
    const { name, namespace } = entry;
    if (facts.gateways?.includes(`${namespace}/${name}`) === true) return undefined;
    return warning(
      'no-gateway',
      `the cluster has no Gateway ${name} in namespace ${namespace}, by which Grafana is to be reached`,
      'make it, with a Gateway controller of your choice; everything else works without',
    );
  }
  const lacks = (kind: string, names: readonly string[]) =>
    `the cluster has no ${kind} '${entry.className}', by which Grafana is to be reached; ${known(names)}`;
  if (entry.kind === 'own-gateway') {
    const { gatewayClasses = [] } = facts;
    if (gatewayClasses.includes(entry.className)) return undefined;
    return warning('no-gateway-class', lacks('GatewayClass', gatewayClasses), OTHER_CLASS);
  }
  const { ingressClasses = [] } = facts;
  if (ingressClasses.includes(entry.className)) return undefined;
  return warning('no-ingress-class', lacks('IngressClass', ingressClasses), OTHER_CLASS);
}

const OTHER_CLASS = 'install its controller, or name another in spec.exposure; everything else works without';

function known(names: readonly string[]): string {
  return names.length === 0 ? 'there is none' : `there is ${names.join(', ')}`;
}
