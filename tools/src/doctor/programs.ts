import type { KubeConfig } from '@kubernetes/client-node';
import {
  pagesOf,
  readExposition,
  readGossip,
  readLimits,
  readRing,
  readServices,
  readTenantLimits,
  readVersion,
  SERIES,
  type AnswerFault,
  type Page,
  type ProgramFacts,
  type Sample,
} from '@lgtm-fleet/doctor';
import { encryptionOf, type Plan, type Workload } from '@lgtm-fleet/plan';
import { isNoAnswer, openDoor, type Answer, type Door } from './reach.ts';
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
}

export interface Read {
  readonly program: Program;
  readonly facts: ProgramFacts;
  /** When `/metrics` was read, by a clock that only goes forward. */
  readonly atMs: number;
  readonly clock?: Pick<Answer, 'aheadSeconds' | 'withinSeconds'>;
}

/** One tenant's limits are read from the same file as another's. */
const MOST_TENANTS = 10;
const JSON_PAGE = { accept: 'application/json' };

export function programOf(
  plan: Plan,
  workload: Workload,
  namespace: string,
  pod: string,
  node: string,
): Program | undefined {
  const port = workload.ports.find(({ name }) => name === 'http' || name === 'metrics');
  if (port === undefined || pagesOf(workload).length === 0) return undefined;
  const endpoint = { kind: 'pods', namespace, component: workload.component, role: workload.role } as const;
  const encrypted =
    plan.tls !== undefined &&
    encryptionOf({ ...endpoint, namespace: namespace as 'observability' }, port.name) !== undefined;
  const asked = workload.component === 'loki' && ['monolithic', 'distributor'].includes(workload.role);
  const tenants = asked ? plan.tenants.map(({ name }) => name).slice(0, MOST_TENANTS) : [];
  return { namespace, pod, node, workload, port: port.port, encrypted, tenants };
}

/** All pages of a pod at once: one that hangs keeps none of the others. */
export async function readProgram(config: KubeConfig, program: Program): Promise<Read> {
  const { namespace, pod, workload } = program;
  const door = await openDoor(config, program);
  try {
    const [pages, limits] = await Promise.all([
      Promise.all(pagesOf(workload).map((page) => readPage(door, page))),
      limitsOf(door, program.tenants),
    ]);
    const rings = pages.flatMap(({ ring }) => ring ?? []);
    const faults = pages.flatMap(({ fault }) => fault ?? []);
    const clock = pages.find(({ clock: found }) => found?.aheadSeconds !== undefined)?.clock;
    return {
      program,
      atMs: performance.now(),
      ...(clock !== undefined && { clock }),
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

interface ReadPage {
  readonly facts?: Partial<ProgramFacts>;
  readonly ring?: NonNullable<ProgramFacts['rings']>;
  readonly fault?: readonly AnswerFault[];
  readonly clock?: Pick<Answer, 'aheadSeconds' | 'withinSeconds'>;
}

async function readPage(door: Door, page: Page): Promise<ReadPage> {
  const fault = (kind: AnswerFault['kind'], detail: string): ReadPage => ({
    fault: [{ path: page.path, kind, detail: detail.slice(0, 300) }],
  });
  let answer: Answer;
  try {
    answer = await door.ask({ path: page.path, headers: page.gives === 'metrics' ? {} : JSON_PAGE });
  } catch (error) {
    return fault(isNoAnswer(error) ? error.kind : 'refused', error instanceof Error ? error.message : String(error));
  }
  const clock = { clock: answer };
  if (page.gives === 'ready')
    return { ...clock, facts: { ready: { status: answer.status, text: answer.text.slice(0, 500) } } };
  // A process that has no such ring, or not yet, has no such page.
  if (answer.status === 404) return clock;
  if (answer.status >= 500) return { ...clock, ...fault('status', `${String(answer.status)}: ${answer.text}`) };
  const read = readAs(page, answer.text);
  return read === undefined ? { ...clock, ...fault('garbage', answer.text) } : { ...clock, ...read };
}

function readAs({ gives, ring }: Page, text: string): ReadPage | undefined {
  switch (gives) {
    case 'services': {
      const services = readServices(text);
      return services && { facts: { services } };
    }
    case 'ring': {
      const members = readRing(text);
      if (members === 'none') return {};
      return members && { ring: [{ name: ring ?? '', members }] };
    }
    case 'gossip': {
      const members = readGossip(text);
      if (members === 'none') return {};
      return members === undefined ? undefined : { facts: { gossipMembers: members } };
    }
    case 'version': {
      const version = readVersion(text);
      return version === undefined ? undefined : { facts: { version } };
    }
    case 'limits': {
      const limits = readLimits(text);
      return limits && { facts: { limits } };
    }
    case 'metrics': {
      const metrics: readonly Sample[] | undefined = readExposition(text, SERIES);
      return metrics && { facts: { metrics } };
    }
    case 'ready':
      return {};
  }
}

/** Reads every program, and the counters of each again some seconds later. */
export async function readPrograms(
  config: KubeConfig,
  programs: readonly Program[],
  { probe }: Probing,
): Promise<readonly Read[]> {
  const read = await Promise.all(
    programs.map((program) => probe(`pages of ${program.pod}`, () => readProgram(config, program))),
  );
  return read.filter((one) => one !== undefined);
}
