import type { KubeConfig } from '@kubernetes/client-node';
import {
  limitsInForce,
  pagesOf,
  readExposition,
  readTenantLimits,
  SERIES,
  type Limits,
  type ProgramFacts,
  type Unknown,
} from '@lgtm-fleet/doctor';
import { encryptionOf, type Plan, type Workload } from '@lgtm-fleet/plan';
import { readPage } from './pages.ts';
import { openDoor, type Answer, type Door } from './reach.ts';
import type { Probing } from './probing.ts';

/** A pod that has pages, and where they are. */
export interface Program {
  readonly namespace: string;
  readonly pod: string;
  readonly node: string;
  readonly workload: Workload;
  readonly port: number;
  readonly encrypted: boolean;
  /** Whose limits it is asked for, where it shows them one tenant at a time. */
  readonly tenants: readonly string[];
  /** Limits that git has for it. */
  readonly wanted: Limits;
}

export interface Read {
  readonly program: Program;
  readonly facts: ProgramFacts;
  /** When `/metrics` was read, by a clock that only goes forward. */
  readonly atMs: number;
  readonly clock?: Pick<Answer, 'aheadSeconds' | 'withinSeconds'>;
  /** What it answered too much of. */
  readonly unknown: readonly Unknown[];
}

/** One tenant's limits are read from the same file as another's. */
const MOST_TENANTS = 10;

export function programOf(
  plan: Plan,
  workload: Workload,
  namespace: string,
  pod: string,
  node: string,
  wanted: Limits = {},
): Program | undefined {
  const port = workload.ports.find(({ name }) => name === 'http' || name === 'metrics');
  if (port === undefined || pagesOf(workload).length === 0) return undefined;
  const endpoint = { kind: 'pods', namespace, component: workload.component, role: workload.role } as const;
  const encrypted =
    plan.tls !== undefined &&
    encryptionOf({ ...endpoint, namespace: namespace as 'observability' }, port.name) !== undefined;
  const asked = workload.component === 'loki' && ['monolithic', 'distributor'].includes(workload.role);
  const tenants = asked ? plan.tenants.map(({ name }) => name).slice(0, MOST_TENANTS) : [];
  return { namespace, pod, node, workload, port: port.port, encrypted, tenants, wanted };
}

/** All pages of a pod at once: one that hangs keeps none of the others. */
export async function readProgram(config: KubeConfig, program: Program): Promise<Read> {
  const { namespace, pod, workload } = program;
  const door = await openDoor(config, program);
  try {
    const [pages, tenantLimits] = await Promise.all([
      Promise.all(pagesOf(workload).map((page) => readPage(door, page))),
      limitsOf(door, program.tenants),
    ]);
    const usual = pages.find((page) => page.usual !== undefined)?.usual;
    const shown = pages.find(({ facts }) => facts?.limits !== undefined)?.facts?.limits;
    const limits = shown === undefined ? tenantLimits : limitsInForce(shown, usual, program.wanted);
    const rings = pages.flatMap(({ ring }) => ring ?? []);
    const faults = pages.flatMap(({ fault }) => fault ?? []);
    const clock = pages.find(({ clock: found }) => found?.aheadSeconds !== undefined)?.clock;
    return {
      program,
      atMs: performance.now(),
      ...(clock !== undefined && { clock }),
      unknown: pages.flatMap(({ tooLarge = [] }) =>
        tooLarge.map(({ path, because }) => ({ what: `${path} of ${pod}`, because })),
      ),
      facts: {
        namespace,
        pod,
        component: workload.component,
        role: workload.role,
        ...pages.reduce<Partial<ProgramFacts>>((sum, { facts }) => ({ ...sum, ...facts }), {}),
        ...(limits !== undefined && { limits }),
        ...(rings.length > 0 && { rings }),
        ...(faults.length > 0 && { faults }),
      },
    };
  } finally {
    door.close();
  }
}

/** The same counters once more. */
export async function readAgain(config: KubeConfig, { program, facts, atMs }: Read): Promise<ProgramFacts> {
  if (facts.metrics === undefined) return facts;
  const door = await openDoor(config, program);
  try {
    const { text } = await door.ask({ path: '/metrics' });
    const later = readExposition(text, SERIES);
    return later === undefined ? facts : { ...facts, later, secondsBetween: (performance.now() - atMs) / 1000 };
  } finally {
    door.close();
  }
}

/** Loki's, a tenant at a time; nothing where it does not show them, which its other pages tell of. */
async function limitsOf(door: Door, tenants: readonly string[]): Promise<ProgramFacts['limits']> {
  const found = await Promise.all(
    tenants.map(async (tenant) => {
      const asked = { path: '/config/tenant/v1/limits', headers: { 'X-Scope-OrgID': tenant } };
      const answer = await door.ask(asked).catch(() => undefined);
      const limits = answer?.status === 200 ? readTenantLimits(answer.text) : undefined;
      return limits === undefined ? [] : [[tenant, limits] as const];
    }),
  );
  const known = found.flat();
  return known.length > 0 && known.length === tenants.length ? Object.fromEntries(known) : undefined;
}

/** Reads every program, and the counters of each again some seconds later. */
export async function readPrograms(
  config: KubeConfig,
  programs: readonly Program[],
  { probe, note }: Probing,
): Promise<readonly Read[]> {
  const read = await Promise.all(
    programs.map((program) => probe(`pages of ${program.pod}`, () => readProgram(config, program))),
  );
  const found = read.filter((one) => one !== undefined);
  for (const { what, because } of found.flatMap(({ unknown }) => unknown)) note(what, because);
  return found;
}
