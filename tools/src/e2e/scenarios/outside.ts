import type { Seen } from '../check.ts';
import { keptMeanwhile, stoppedUnderPush } from '../checks/backpressure.ts';
import { onlyToSources } from '../checks/egress.ts';
import { committed } from '../checks/gitops.ts';
import { metricsAndLogsByGrpc, tracesByGrpc } from '../checks/otlp-grpc.ts';
import { remoteWritten } from '../checks/remote-write.ts';
import { rotatedUnderLoad, type Rotating } from '../checks/rotation.ts';
import { refusedOverLimit, scrapedOutside } from '../checks/sources.ts';
import { cli } from '../checkout.ts';
import { COUNTED, COUNTER, OVER_LIMIT, SENDER, SENT, sourcesOf } from '../outside/sources.ts';
import { openWorkshop, type Part, type Workshop } from '../outside/workshop.ts';
import { planned } from '../planned.ts';
import { stage, type Place, type ScenarioResult, type Stage } from '../scenario.ts';
import { askSourcesInAlloysPlace } from '../stand-ins.ts';
import { usersOf, type Users } from '../users.ts';

/** A check, and what has to run for it. */
interface Asked {
  readonly title: string;
  readonly needs: readonly Need[];
  readonly check: (workshop: Workshop) => Promise<Seen>;
}

type Need = Part | 'collector' | 'tempo' | 'alloy';

const COLLECTOR = 'alloy-sources';
const STORES = ['loki', 'mimir'];
const AWAY_SECONDS = 120;

/**
 * What lives outside the cluster: this machine with Debian's own programs, which are asked, and senders, which push;
 * the stores are away for a while; and everybody outside gets another credential. OTLP over HTTP and Loki's push come
 * from outside in the checks of telemetry of `single`, too.
 */
export function outside(place: Place): Promise<ScenarioResult> {
  return stage(place, 'outside', 900, async (on) => {
    const users = await usersOf(on.cluster);
    await fromOutside(on, users);
    // Last, since what everything above shows is from the beginning. alpha is whom the collector writes as, too.
    await on.checks.run(
      'credentials change under load: nobody is refused until the end, and then only the old ones',
      () => rotatedUnderLoad(rotating(on), [users.alpha, users.gamma]),
    );
  });
}

async function fromOutside(on: Stage, users: Users): Promise<void> {
  const { checks, cluster, door, missing, place } = on;
  const destination = { url: `${door.url}/api/v1/push`, as: users.courier };
  const workshop = await openWorkshop(place.environment, place.cleanup, destination);
  const reasons = new Map<Need, string>(workshop.absent);
  for (const component of ['tempo', 'alloy'] as const)
    if (missing.has(component)) reasons.set(component, on.why(component));
  const ask = async ({ title, needs, check }: Asked): Promise<void> => {
    const reason = needs.flatMap((need) => reasons.get(need) ?? [])[0];
    if (reason !== undefined) checks.skip(title, reason);
    else await checks.run(title, () => check(workshop));
  };
  await ask(pushed(on, users));
  for (const one of pushedByGrpc(on, users)) await ask(one);
  const uncollected = await collect(on, workshop);
  if (uncollected !== undefined) reasons.set('collector', uncollected);
  for (const one of scraped(on, users)) await ask(one);
  const storm = { environment: place.environment, cluster, door, as: users.alpha };
  await checks.run('stores stopped for two minutes under push: nothing acknowledged is lost', () =>
    stoppedUnderPush(storm, STORES, 'stopped', AWAY_SECONDS),
  );
  for (const one of kept(on, users)) await ask(one);
}

function pushed({ door }: Stage, { alpha, beta, courier }: Users): Asked {
  return {
    title: 'what is pushed from outside by remote write comes back, for its tenant only',
    needs: ['promtool'],
    check: ({ machine }) => remoteWritten(machine.find('promtool') ?? '', door, courier, alpha, beta),
  };
}

function pushedByGrpc({ cluster, door }: Stage, { alpha, beta, courier }: Users): readonly Asked[] {
  const pushing = { writer: courier, owner: alpha, other: beta };
  return [
    {
      title: 'traces pushed by gRPC come back, for their tenant only',
      needs: ['tempo'],
      check: () => tracesByGrpc(cluster, door, pushing),
    },
    {
      // Their stores take OTLP by HTTP alone: Alloy hands it on.
      title: 'metrics and logs pushed by gRPC come back, for their tenant only',
      needs: ['alloy'],
      check: () => metricsAndLogsByGrpc(cluster, door, pushing),
    },
  ];
}

function scraped({ checkout, cluster, door }: Stage, { alpha, beta }: Users): readonly Asked[] {
  const sources = [
    { name: 'node', needs: ['node'], of: [alpha, beta], what: 'node-exporter outside is scraped' },
    { name: 'probe', needs: ['blackbox', 'node'], of: [beta, alpha], what: 'a target outside is probed' },
    { name: 'postgresql', needs: ['postgresql'], of: [beta, alpha], what: 'PostgreSQL outside is scraped' },
    { name: 'redis', needs: ['redis'], of: [beta, alpha], what: 'Redis outside is scraped' },
  ] as const;
  return [
    ...sources.map(({ name, needs, of: [owner, other], what }): Asked => ({
      title: `${what}, and comes out as it is shown, for its tenant only`,
      needs: ['collector', ...needs],
      check: () => scrapedOutside(door, planned(checkout), name, owner, other),
    })),
    {
      title: 'of a source that shows more than it may, nothing is taken',
      needs: ['collector', 'node'],
      check: () => refusedOverLimit(door, planned(checkout), OVER_LIMIT, alpha),
    },
    {
      title: 'the collector of sources reaches its sources, and no other port of their machine',
      needs: ['collector'],
      check: ({ machine }) => onlyToSources(cluster, planned(checkout), machine.address),
    },
  ];
}

/** Both scrape a page of numbers all the time, and keep on their disk what they cannot send. */
function kept({ door }: Stage, { alpha }: Users): readonly Asked[] {
  return [
    {
      title: 'what a sender outside kept meanwhile has arrived, every value in a row',
      needs: ['sender'],
      check: ({ counter }) => keptMeanwhile(door, alpha, counter, SENT, `{sender="${SENDER.name}"}`),
    },
    {
      title: 'what the collector of sources kept meanwhile has arrived, every value in a row',
      needs: ['collector'],
      check: ({ counter }) => keptMeanwhile(door, alpha, counter, COUNTED, `{job="${COUNTER}"}`),
    },
  ];
}

/**
 * The sources come into the cluster file by a commit, and are asked by Alloy, or by what takes its place.
 * @return why they are not, where they are not
 */
async function collect(on: Stage, { shown }: Workshop): Promise<string | undefined> {
  const { checks, cluster, checkout, missing } = on;
  // It has the image of the other collectors.
  const awaited = missing.has('alloy') ? { ...on, missing: new Set([...missing, COLLECTOR]) } : on;
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'monitoring', name: COLLECTOR },
  };
  const edits = [{ path: ['spec', 'ingest'], value: { sources: sourcesOf(shown), senders: [SENDER] } }];
  const collected = await checks.run('a commit that adds sources outside is synced without a hand', async () => {
    const isThere = async (): Promise<boolean> => (await cluster.client.read(policy)) !== undefined;
    const seen = await committed(awaited, 'see what is outside', edits, isThere);
    if (missing.has('alloy')) await askSourcesInAlloysPlace(cluster, planned(checkout));
    return seen;
  });
  if (!collected) return 'its sources were not synced';
  return missing.has('alloy') && missing.has('collector') ? on.why('alloy') : undefined;
}

function rotating({ checkout: { root, cluster: name }, cluster, door }: Stage): Rotating {
  const users = ['alpha', 'gamma'].map((user) => `--user=${user}`);
  return {
    door,
    rotate: (...flags) => cli(['rotate', '--root', root, '--cluster', name, ...users, ...flags], 900),
    shown: ({ tenant, kind }) => cluster.credential(tenant, kind),
  };
}
