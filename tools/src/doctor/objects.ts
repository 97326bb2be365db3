import { ARGOCD_NAMESPACE, type ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Facts, Kind } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import type { Client } from '../kubernetes/client.ts';
import type { Probing } from './probing.ts';

interface Asked {
  readonly kind: Kind;
  readonly apiVersion: string;
  /** Undefined for kinds without a namespace. */
  readonly namespace?: string;
}

const WITHIN: readonly (readonly [Kind, string])[] = [
  ['Pod', 'v1'],
  ['Service', 'v1'],
  ['ConfigMap', 'v1'],
  ['PersistentVolumeClaim', 'v1'],
  ['Event', 'v1'],
  ['Deployment', 'apps/v1'],
  ['StatefulSet', 'apps/v1'],
  ['DaemonSet', 'apps/v1'],
  ['Job', 'batch/v1'],
  ['EndpointSlice', 'discovery.k8s.io/v1'],
  ['NetworkPolicy', 'networking.k8s.io/v1'],
  ['HorizontalPodAutoscaler', 'autoscaling/v2'],
];
/** Of kinds of which there may be very many. A server gives them by name, so the first of them are not the latest. */
const MOST: Readonly<Partial<Record<Kind, number>>> = { Event: 10_000 };

/** All objects of the plan's namespaces that checks look at; a kind of which a namespace is not known is absent. */
export async function readObjects(client: Client, plan: Plan, { probe, note }: Probing): Promise<Facts['objects']> {
  const namespaces = [...new Set(plan.components.map(({ namespace }) => namespace))];
  const asked: readonly Asked[] = [
    { kind: 'Node', apiVersion: 'v1' },
    { kind: 'Application', apiVersion: 'argoproj.io/v1alpha1', namespace: ARGOCD_NAMESPACE },
    ...namespaces.flatMap((namespace) => [
      ...WITHIN.map(([kind, apiVersion]): Asked => ({ kind, apiVersion, namespace })),
      ...(plan.kubernetes.networkPolicies === 'cilium'
        ? [{ kind: 'CiliumNetworkPolicy', apiVersion: 'cilium.io/v2', namespace } as const]
        : []),
    ]),
  ];
  const firstOf = async ({ kind, apiVersion, namespace }: Asked, most: number, signal: AbortSignal) => {
    const found = await client.first(most, { apiVersion, kind }, namespace, signal);
    if (found?.all === false)
      note(
        `${kind}s of ${namespace ?? ''} after the first ${String(found.objects.length)}`,
        'there are more than are read',
      );
    return found?.objects;
  };
  const answers = await Promise.all(
    asked.map(async (one) => {
      const { kind, apiVersion, namespace } = one;
      const what = `${kind}s${namespace === undefined ? '' : ` of ${namespace}`}`;
      const found = await probe(what, async (signal) => {
        const most = MOST[kind];
        const list =
          most === undefined
            ? await client.list({ apiVersion, kind }, namespace, '', signal)
            : await firstOf(one, most, signal);
        if (list === undefined) note(what, `the API server does not know the kind ${kind} of ${apiVersion}`);
        return list;
      });
      return { kind, objects: found?.map((object): ClusterObject => ({ ...object, apiVersion, kind })) };
    }),
  );
  const byKind = Map.groupBy(answers, ({ kind }) => kind);
  return Object.fromEntries(
    [...byKind].flatMap(([kind, lists]) =>
      lists.some(({ objects }) => objects === undefined) ? [] : [[kind, lists.flatMap(({ objects = [] }) => objects)]],
    ),
  );
}
