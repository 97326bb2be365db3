import { randomBytes, randomUUID } from 'node:crypto';
import { callGrpc } from '@lgtm-fleet/resources/testing/grpc';
import { logsRequest, metricsRequest, traceRequest } from '@lgtm-fleet/resources/testing/otlp-messages';
import { shortfall, type Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { authorization, type Credential, type FrontDoor } from '../front-door.ts';
import { until } from '../wait.ts';

/** Who pushes, whose it is then, and who must not see it. */
export interface Pushing {
  readonly writer: Credential;
  readonly owner: Credential;
  readonly other: Credential;
}

const SERVICES = {
  traces: 'trace.v1.TraceService',
  metrics: 'metrics.v1.MetricsService',
  logs: 'logs.v1.LogsService',
} as const;
type Signal = keyof typeof SERVICES;

const OK = 0;
const UNAUTHENTICATED = 16;
const SERVICE = 'e2e-grpc';
const VALUE = 42;
const LINES = 50;
const PATIENCE = { seconds: 120, everyMs: 2000 };

/** What `grpc-status` a push is answered with; it says to be somebody else all the time. */
type Push = (
  signal: Signal,
  message: Buffer,
  as?: Credential,
) => Promise<{ readonly code: number | undefined; readonly said: string }>;

/** A trace pushed by gRPC comes back by its id, and for no other tenant; a wrong credential pushes none. */
export async function tracesByGrpc(cluster: Cluster, door: FrontDoor, pushing: Pushing): Promise<Seen> {
  const { owner, other } = pushing;
  return await atGateway(cluster, pushing, async (push) => {
    const [traceId, refused] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    const message = (id: string): Buffer =>
      traceRequest({ service: SERVICE, atMs: Date.now() }, { traceId: id, name: `e2e ${id}` });
    await mustBe(push('traces', message(traceId)), OK);
    await mustBe(push('traces', message(refused), { ...owner, password: 'not-the-password' }), UNAUTHENTICATED);
    const shows = async (as: Credential, id: string): Promise<boolean> => {
      const { status, text } = await door.get(as, `/tempo/api/traces/${id}`, { accept: 'application/json' });
      return status === 200 && text.includes(`e2e ${id}`);
    };
    await until('the trace', PATIENCE, async () => ((await shows(owner, traceId)) ? true : undefined));
    if (await shows(other, traceId)) throw new Error(`tenant ${other.tenant} sees a trace of ${owner.tenant}`);
    if (await shows(owner, refused)) throw new Error('a trace came in with a wrong password');
    return { counts: { pushed: 1, acknowledged: 1, readBack: 1, lost: 0 }, detail: `as ${pushing.writer.tenant}` };
  });
}

/** A series and lines pushed by gRPC, which Alloy hands to the stores, come back, and for no other tenant. */
export async function metricsAndLogsByGrpc(cluster: Cluster, door: FrontDoor, pushing: Pushing): Promise<Seen> {
  const { owner, other } = pushing;
  return await atGateway(cluster, pushing, async (push) => {
    const run = randomUUID();
    const about = { service: SERVICE, atMs: Date.now() };
    const lines = Array.from({ length: LINES }, (_, index) => `${run} ${String(index)}`);
    await mustBe(push('metrics', metricsRequest(about, { name: 'e2e_by_grpc', labels: { run }, value: VALUE })), OK);
    await mustBe(push('logs', logsRequest(about, lines)), OK);
    const selector = `e2e_by_grpc{run="${run}"}`;
    const query = `{service_name="${SERVICE}"} |= "${run}"`;
    const value = await until(
      'the series',
      PATIENCE,
      async () => (await door.samples(owner, selector))[0]?.values.at(-1)?.[1],
    );
    if (value !== VALUE) throw new Error(`the series has ${String(value)} instead of ${String(VALUE)}`);
    const found = await until('the lines', PATIENCE, async () => {
      const there = await door.lines(owner, query);
      return there.length >= LINES ? there : undefined;
    });
    const lost = lines.filter((line) => !found.includes(line)).length;
    const counts = { pushed: LINES + 1, acknowledged: LINES + 1, readBack: LINES + 1 - lost, lost };
    if (lost > 0) throw shortfall('lines came back changed', counts);
    const leaked = [...(await door.samples(other, selector)), ...(await door.lines(other, query))];
    if (leaked.length > 0) throw new Error(`tenant ${other.tenant} sees what ${owner.tenant} pushed by gRPC`);
    return { counts, detail: `as ${pushing.writer.tenant}` };
  });
}

async function atGateway(
  cluster: Cluster,
  { writer, other }: Pushing,
  play: (push: Push) => Promise<Seen>,
): Promise<Seen> {
  const { url, close } = await cluster.reach('observability', 'gateway', 'gateway', 4317);
  try {
    return await play(async (signal, message, as = writer) => {
      const metadata = { authorization: authorization(as), 'x-scope-orgid': other.tenant };
      const path = `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`;
      const { code, message: said } = await callGrpc({ url, path, metadata, message });
      return { code, said };
    });
  } finally {
    close();
  }
}

async function mustBe(answer: ReturnType<Push>, wanted: number): Promise<void> {
  const { code, said } = await answer;
  if (code !== wanted) throw new Error(`a push was answered ${String(code)} instead of ${String(wanted)}: ${said}`);
}
