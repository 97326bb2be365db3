import type { CanaryFacts, CanaryStep } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DURATION_METRIC,
  logsPayload,
  metricsPayload,
  nanoseconds,
  RUN_METRIC,
  SERVICE,
  tracesPayload,
  type Run,
} from './canary-payloads.ts';
import type { FrontDoor } from './front-door.ts';
import type { Probing } from './probing.ts';
import { query } from './telemetry.ts';

type Signal = CanaryStep['signal'];

/** How long what was accepted may take until it is found. */
const PATIENCE_MS = 25_000;
const EVERY_MS = 500;

/** Sends one of each signal through the front door, looks until it is found, and follows one to the other. */
export async function sendCanary(
  door: FrontDoor,
  plan: Plan,
  { left }: Probing,
  runs: (component: string) => boolean,
): Promise<CanaryFacts> {
  const run: Run = {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    atMs: Date.now(),
  };
  const stores = { metrics: plan.prometheus === undefined ? 'mimir' : 'prometheus', logs: 'loki', traces: 'tempo' };
  const patience = (): number => Math.min(PATIENCE_MS, left());
  const signals = (['metrics', 'logs', 'traces'] as const).filter((signal) => runs(stores[signal]));
  const steps = await Promise.all(signals.map((signal) => there(door, signal, run, patience())));
  const arrived = new Set(steps.flat().flatMap(({ step, ok, signal }) => (step === 'read' && ok ? [signal] : [])));
  const ways = WAYS.filter(({ from, to }) => arrived.has(from) && arrived.has(to));
  const followed = await Promise.all(
    ways.map(({ step, to, follow }) => timed(step, to, patience(), () => follow(door, run))),
  );
  return { tenant: door.user, steps: [...steps.flat(), ...followed] };
}

const PUSH = {
  metrics: { path: '/otlp/v1/metrics', payload: metricsPayload },
  logs: { path: '/loki/api/v1/push', payload: logsPayload },
  traces: { path: '/otlp/v1/traces', payload: tracesPayload },
} as const;

async function there(door: FrontDoor, signal: Signal, run: Run, limitMs: number): Promise<readonly CanaryStep[]> {
  const { path, payload } = PUSH[signal];
  const write = await timed('write', signal, 0, async () => {
    const headers = { 'content-type': 'application/json' };
    const { status, text } = await door.ask({ method: 'POST', path, body: payload(run), headers });
    if (status < 200 || status > 299) throw new Error(`${path} answered ${String(status)}: ${text.slice(0, 200)}`);
    return `accepted with ${String(status)}`;
  });
  return write.ok ? [write, await timed('read', signal, limitMs, () => READ[signal](door, run))] : [write];
}

const READ: Readonly<Record<Signal, (door: FrontDoor, run: Run) => Promise<string | undefined>>> = {
  metrics: async (door, { atMs }) => {
    const found = await query(door, `${RUN_METRIC}{job="${SERVICE}"}`);
    return found.some(({ value }) => value >= Math.floor(atMs / 1000)) ? 'the sample is found' : undefined;
  },
  logs: async (door, run) => ((await lines(door, run)) > 0 ? 'the line is found' : undefined),
  traces: async (door, { traceId }) => ((await hasTrace(door, traceId)) ? 'the trace is found' : undefined),
};

interface Way {
  readonly step: string;
  readonly from: Signal;
  readonly to: Signal;
  /** What was found; undefined: not yet. */
  readonly follow: (door: FrontDoor, run: Run) => Promise<string | undefined>;
}

/** As the links of Grafana lead: each way begins with what the signal before it says, not with what was sent. */
const WAYS: readonly Way[] = [
  {
    step: 'metric to trace',
    from: 'metrics',
    to: 'traces',
    follow: async (door, run) => {
      const id = (await exemplars(door, run)).find((one) => one === run.traceId);
      return id !== undefined && (await hasTrace(door, id)) ? 'by the exemplar of the metric' : undefined;
    },
  },
  {
    step: 'trace to log',
    from: 'traces',
    to: 'logs',
    follow: async (door, run) => ((await lines(door, run)) > 0 ? 'by service and trace id' : undefined),
  },
  {
    step: 'log to trace',
    from: 'logs',
    to: 'traces',
    follow: async (door, run) => {
      const id = await traceIdOfLine(door, run);
      return id !== undefined && (await hasTrace(door, id)) ? 'by trace_id of the line' : undefined;
    },
  },
  {
    step: 'trace to metric',
    from: 'traces',
    to: 'metrics',
    follow: async (door) =>
      (await query(door, `${DURATION_METRIC}_count{job="${SERVICE}"}`)).length > 0 ? 'by the service' : undefined,
  },
];

async function timed(
  step: string,
  signal: Signal,
  limitMs: number,
  look: () => Promise<string | undefined>,
): Promise<CanaryStep> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  let last: string;
  do {
    try {
      const detail = await look();
      if (detail !== undefined) return { step, signal, ok: true, seconds: seconds(), detail };
      last = 'it is not found';
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (limitMs > 0) await sleep(EVERY_MS);
  } while (performance.now() - start < limitMs);
  return { step, signal, ok: false, seconds: seconds(), detail: last };
}

async function hasTrace(door: FrontDoor, id: string): Promise<boolean> {
  const { status, text } = await door.ask({ path: `/tempo/api/traces/${id}`, headers: { accept: 'application/json' } });
  if (status !== 200 && status !== 404)
    throw new Error(`the trace was answered ${String(status)}: ${text.slice(0, 200)}`);
  return status === 200 && text.includes('canary');
}

interface Streams {
  readonly data?: {
    readonly result?: readonly {
      readonly stream?: Readonly<Record<string, string>>;
      readonly values?: readonly unknown[];
    }[];
  };
}

async function streams(door: FrontDoor, selector: string, { atMs }: Run): Promise<NonNullable<Streams['data']>> {
  const parameters = new URLSearchParams({
    query: selector,
    start: nanoseconds(atMs - 60_000),
    end: nanoseconds(Date.now() + 60_000),
    limit: '100',
  });
  const { status, text } = await door.ask({ path: `/loki/api/v1/query_range?${parameters.toString()}` });
  if (status !== 200) throw new Error(`the query of lines was answered ${String(status)}: ${text.slice(0, 200)}`);
  return (JSON.parse(text) as Streams).data ?? {};
}

async function lines(door: FrontDoor, run: Run): Promise<number> {
  const { result = [] } = await streams(door, `{service_name="${SERVICE}"} | trace_id="${run.traceId}"`, run);
  return result.reduce((sum, { values = [] }) => sum + values.length, 0);
}

async function traceIdOfLine(door: FrontDoor, run: Run): Promise<string | undefined> {
  const { result = [] } = await streams(door, `{service_name="${SERVICE}"} |= "${run.traceId}"`, run);
  return result.map(({ stream }) => stream?.['trace_id']).find((id) => id !== undefined);
}

interface Exemplars {
  readonly data?: readonly { readonly exemplars?: readonly { readonly labels?: Readonly<Record<string, string>> }[] }[];
}

async function exemplars(door: FrontDoor, { atMs }: Run): Promise<readonly string[]> {
  const parameters = new URLSearchParams({
    query: `${DURATION_METRIC}_bucket{job="${SERVICE}"}`,
    start: String(atMs / 1000 - 300),
    end: String(Date.now() / 1000 + 60),
  });
  const { status, text } = await door.ask({ path: `/prometheus/api/v1/query_exemplars?${parameters.toString()}` });
  if (status !== 200) throw new Error(`the query of exemplars was answered ${String(status)}: ${text.slice(0, 200)}`);
  return ((JSON.parse(text) as Exemplars).data ?? [])
    .flatMap(({ exemplars: found = [] }) => found)
    .flatMap(({ labels = {} }) => labels['trace_id'] ?? labels['traceID'] ?? []);
}
