import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import { client } from '../kubernetes/client.ts';
import type { Connection } from '../kubernetes/connect.ts';
import { kubeconfig } from './api-server.ts';
import { stackObjects } from './toy-stack.ts';
import { startToyCluster, type ToyOptions } from './toy-cluster.ts';
import { startToyPrograms, type PodAnswer } from './toy-programs.ts';

/** A whole stack in memory, healthy but for what is asked for. */
export interface ToyHospital {
  readonly url: string;
  readonly connection: Connection;
  /** `pod path` of each request that a pod was asked. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Illness {
  readonly plan: Plan;
  readonly planned: readonly ClusterObject[];
  /** What is otherwise than on a healthy cluster. */
  readonly objects?: (healthy: readonly ClusterObject[]) => readonly ClusterObject[];
  /** What pods answer in the place of what healthy ones do; false: the usual. */
  readonly answer?: PodAnswer;
  readonly api?: Partial<ToyOptions>;
  /** Jobs that nobody scrapes. */
  readonly unscraped?: readonly string[];
}

const JOBS = ['kube-system/kubelet', 'kube-system/cadvisor'];

export async function startToyHospital(illness: Illness): Promise<ToyHospital> {
  const { plan, planned, answer, api, unscraped = [] } = illness;
  const healthy = stackObjects(plan, planned);
  const all = illness.objects?.(healthy) ?? healthy;
  const pods = all.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => metadata.name);
  const annotated = planned.filter((object) => JSON.stringify(object).includes('"prometheus.io/scrape":"true"'));
  const jobs = [...JOBS, ...annotated.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)];
  const scraped = jobs.filter((job) => !unscraped.includes(job));
  const programs = await startToyPrograms(pods, scraped, answer);
  const toy = await startToyCluster({
    version: 'v1.36.0',
    objects: all,
    sync: () => [],
    portOf: programs.portOf,
    ...api,
  });
  const config = new KubeConfig();
  config.loadFromString(kubeconfig(toy.url));
  return {
    url: toy.url,
    connection: { client: client(config), config, version: 'v1.36.0' },
    asked: programs.asked,
    close: async () => {
      programs.close();
      await toy.close();
    },
  };
}
