import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { VolumeFacts } from '@lgtm-fleet/doctor';
import type { Client } from '../kubernetes/client.ts';
import type { Probing } from './probing.ts';

interface Summary {
  readonly pods?: readonly {
    readonly podRef?: { readonly name?: string; readonly namespace?: string };
    readonly volume?: readonly {
      readonly pvcRef?: { readonly name?: string; readonly namespace?: string };
      readonly usedBytes?: number;
      readonly capacityBytes?: number;
      readonly inodesFree?: number;
    }[];
  }[];
}

/** How full the volumes are, as the kubelet of each node says; of a few nodes where there are many. */
export async function readVolumes(
  client: Client,
  nodes: readonly string[],
  namespaces: ReadonlySet<string>,
  { probe }: Probing,
): Promise<readonly VolumeFacts[]> {
  const found = await Promise.all(
    nodes.map((node) =>
      probe(`volumes on node ${node}`, async (signal) => {
        const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`;
        return volumesIn((await client.send({ method: 'GET', path, signal })) as Summary);
      }),
    ),
  );
  return found.flatMap((one) => one ?? []).filter(({ namespace }) => namespaces.has(namespace));
}

export function volumesIn({ pods = [] }: Summary): readonly VolumeFacts[] {
  return pods.flatMap(({ podRef, volume = [] }) =>
    volume.flatMap(({ pvcRef, usedBytes, capacityBytes, inodesFree }): readonly VolumeFacts[] => {
      if (pvcRef?.name === undefined || usedBytes === undefined || capacityBytes === undefined) return [];
      return [
        {
          namespace: podRef?.namespace ?? '',
          pod: podRef?.name ?? '',
          claim: pvcRef.name,
          usedBytes,
          capacityBytes,
          ...(inodesFree !== undefined && { freeInodes: inodesFree }),
        },
      ];
    }),
  );
}

/** Nodes on which the stack has a pod. */
export function nodesOf(pods: readonly ClusterObject[]): readonly string[] {
  const names = pods.map(({ spec }) => (spec as { readonly nodeName?: string } | undefined)?.nodeName);
  return [...new Set(names.filter((name) => name !== undefined))].toSorted();
}
