import type { ClusterObject, Pod } from '@lgtm-fleet/bootstrap';
import { plannedLimits, touches, type Facts, type Limits } from '@lgtm-fleet/doctor';
import { stackTenant, type Plan, type Workload } from '@lgtm-fleet/plan';
import { setTimeout as sleep } from 'node:timers/promises';
import { client as clientOf } from '../kubernetes/client.ts';
import type { Connection } from '../kubernetes/connect.ts';
import { sendCanary } from './canary.ts';
import { nodeClocks, serverClock } from './clocks.ts';
import { authorizationOf, openFrontDoor, type FrontDoor } from './front-door.ts';
import { readGrafana } from './grafana.ts';
import { readLogs } from './logs.ts';
import { readObjects } from './objects.ts';
import type { ExamineOptions } from './options.ts';
import { LIMITS, probing, type Probing } from './probing.ts';
import { programOf, readAgain, readPrograms, type Program, type Read } from './programs.ts';
import { readRoutes } from './routes.ts';
import { openVault, type Vault } from './secrets.ts';
import { collectedTenants, readJobs, readRules, readStoredVolumes } from './telemetry.ts';
import { nodesOf, readVolumes } from './volumes.ts';

type LivePod = ClusterObject & Pod;

/** Who asks once and goes on learns more than who waits. */
const IMPATIENT = { timeoutMs: 7000, pausesMs: [] };
const BETWEEN_SECONDS = 8;

export interface Collected {
  readonly facts: Facts;
  readonly secrets: readonly string[];
}

/** Learns what it can of a cluster, everything at the same time, and writes down what it cannot. */
export async function collect(
  { config, version }: Connection,
  plan: Plan,
  options: ExamineOptions,
): Promise<Collected> {
  const at = new Date().toISOString();
  const client = clientOf(config, IMPATIENT);
  const probes = probing(options.limits ?? LIMITS);
  const [objects, vault, clock] = await Promise.all([
    readObjects(client, plan, probes),
    openVault(client, plan, probes),
    probes.probe('clock of the API server', (signal) => serverClock(config, signal)),
  ]);
  const pods = (objects?.Pod ?? []) as readonly LivePod[];
  const own = pods.flatMap((pod) => {
    const workload = workloadOf(plan, pod);
    return workload === undefined ? [] : [{ pod, workload }];
  });
  const planned = (kind: string) => options.planned.filter((object) => object.kind === kind);
  const wanted = new Map(plan.components.map(({ name }) => [name, plannedLimits({ planned }, name) ?? {}]));
  const programs = own
    .filter(({ pod }) => isRunning(pod))
    .flatMap(({ pod, workload }) => program(plan, pod, workload, wanted.get(workload.component)));
  const namespaces = new Set<string>(plan.components.map(({ namespace }) => namespace));
  const [read, logs, volumes, gateway, grafana] = await Promise.all([
    readPrograms(config, programs, probes),
    readLogs(
      client,
      own.map(({ pod }) => pod),
      probes,
    ),
    readVolumes(client, nodesOf(pods), namespaces, probes),
    throughGateway(config, plan, pods, vault, probes, options),
    grafanaOf(config, plan, pods, vault, probes),
  ]);
  const twice = await again(config, read, probes, options.betweenSeconds ?? BETWEEN_SECONDS);
  const { volumes: stored = [], ...through } = gateway;
  const clocks = [...(clock === undefined ? [] : [clock]), ...nodeClocks(read)];
  return {
    secrets: vault.values,
    facts: {
      at,
      serverVersion: version,
      planned: options.planned,
      ...(options.revision !== undefined && { revision: options.revision }),
      ...(options.expectedJobs !== undefined && { expectedJobs: options.expectedJobs }),
      ...(objects !== undefined && { objects }),
      ...(vault.facts !== undefined && { secrets: vault.facts }),
      // What a kubelet says itself is newer.
      volumes: volumes.length > 0 ? volumes : stored,
      logs,
      programs: twice,
      clocks,
      ...through,
      ...(grafana !== undefined && { grafana }),
      unknown: probes.unknown,
    },
  };
}

function program(plan: Plan, { metadata, spec }: LivePod, workload: Workload, wanted?: Limits): readonly Program[] {
  const found = programOf(plan, workload, metadata.namespace ?? '', metadata.name, spec?.nodeName ?? '', wanted);
  return found === undefined ? [] : [found];
}

/** By the labels that pods of the stack have. */
function workloadOf(plan: Plan, { metadata }: LivePod): Workload | undefined {
  const [component, role] = [
    metadata.labels?.['app.kubernetes.io/name'],
    metadata.labels?.['app.kubernetes.io/component'],
  ];
  return plan.components
    .find(({ name, namespace }) => name === component && namespace === metadata.namespace)
    ?.workloads.find((one) => one.role === role);
}

/** Who has not started has no pages; that is said of its pod. Who is told to go closes them, as it should. */
function isRunning({ metadata, status }: LivePod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status?.phase === 'Running' &&
    (status.containerStatuses ?? []).every(({ state }) => state?.waiting === undefined)
  );
}

async function again(
  config: Connection['config'],
  read: readonly Read[],
  { probe, left }: Probing,
  seconds: number,
): Promise<NonNullable<Facts['programs']>> {
  const last = Math.max(...read.map(({ atMs }) => atMs));
  if (read.length > 0) await sleep(Math.min(left(), Math.max(0, last + seconds * 1000 - performance.now())));
  const twice = await Promise.all(
    read.map(async (one) => {
      if (one.facts.metrics === undefined) return one.facts;
      return await probe(`counters of ${one.program.pod} a second time`, () => readAgain(config, one));
    }),
  );
  return twice.map((facts, index) => facts ?? read[index]?.facts).filter((facts) => facts !== undefined);
}

type Through = Pick<Facts, 'routes' | 'jobs' | 'rules' | 'canary' | 'volumes'>;

/** All that is asked by the way that telemetry and people take. */
async function throughGateway(
  config: Connection['config'],
  plan: Plan,
  pods: readonly LivePod[],
  vault: Vault,
  probes: Probing,
  options: ExamineOptions,
): Promise<Through> {
  const { probe, note } = probes;
  const runs = (part: string): boolean => plan.components.some(({ name }) => touches(name, part));
  if (plan.gateway === undefined || !runs('gateway')) return {};
  const way = await probe('a way to the gateway', () => openFrontDoor(config, plan, pods));
  if (way === undefined) return {};
  const enter = (user: string): FrontDoor | undefined => {
    const authorization = authorizationOf(plan, vault, user);
    if (authorization === undefined) note(`what ${user} sees`, 'nobody here knows what it shows at the gateway');
    return authorization === undefined ? undefined : way.as(user, authorization);
  };
  try {
    const doors = new Map(collectedTenants(plan).map((user) => [user, enter(user)]));
    const own = doors.get(stackTenant(plan));
    const metrics = runs('mimir') || runs('prometheus');
    const all = [...doors.values()].filter((door) => door !== undefined);
    const [routes, jobs, rules, canary, volumes] = await Promise.all([
      own && readRoutes(own, plan, probes, runs),
      Promise.all((metrics ? all : []).map((door) => probe(`jobs of ${door.user}`, () => readJobs(door, plan)))),
      Promise.all(
        all.flatMap((door) =>
          (['metrics', 'logs'] as const)
            .filter((signal) => (signal === 'metrics' ? metrics : runs('loki')))
            .map((signal) => probe(`rules of ${door.user} for ${signal}`, () => readRules(door, signal))),
        ),
      ),
      own && options.sendCanary === true ? sendCanary(own, plan, probes, runs) : undefined,
      own && metrics ? probe('volumes in the store of metrics', () => readStoredVolumes(own, plan)) : undefined,
    ]);
    const known = jobs.flatMap((one) => (one === undefined ? [] : [one]));
    return {
      ...(routes !== undefined && { routes }),
      // Where one tenant's are not known, its jobs would seem to be missing.
      ...(metrics && known.length === doors.size && { jobs: known.flat() }),
      rules: rules.flatMap((one) => one ?? []),
      ...(canary !== undefined && { canary }),
      ...(volumes !== undefined && { volumes }),
    };
  } finally {
    way.close();
  }
}

async function grafanaOf(
  config: Connection['config'],
  plan: Plan,
  pods: readonly LivePod[],
  vault: Vault,
  { probe }: Probing,
): Promise<Facts['grafana']> {
  const pod = pods.find((one) => workloadOf(plan, one)?.component === 'grafana' && isRunning(one));
  const runs = (component: string): boolean => plan.components.some(({ name }) => name === component);
  return pod === undefined
    ? undefined
    : await probe('Grafana', () => readGrafana(config, plan, pod.metadata.name, vault, runs), 12_000);
}
