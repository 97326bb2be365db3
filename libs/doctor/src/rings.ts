import type { ProgramFacts, Ring, RingMember } from './facts.ts';
import { portOf, programSubject, type Page, pagesOf } from './programs.ts';
import { subject, type Subject } from './subjects.ts';
import type { LivePod, View } from './view.ts';
import { ask } from './commands.ts';
import { objectNames, type Plan, type Workload } from '@lgtm-fleet/plan';

/** One ring, as the first of its members that answered sees it; they gossip, so one stands for all. */
export interface SeenRing extends Ring {
  readonly component: string;
  readonly by: ProgramFacts;
  readonly about: Subject;
  readonly next: string;
  /** Pods that should be in it: those of the role, of a process with every role where there is none. */
  readonly pods: readonly LivePod[];
}

export function ringsOf(view: View): readonly SeenRing[] {
  const seen = new Map<string, SeenRing>();
  for (const by of view.facts.programs ?? [])
    for (const ring of by.rings ?? []) {
      const key = `${by.component}/${ring.name}`;
      const owner = ownerOf(view.plan, by.component, ring.name);
      // A process with nearly every role has a ring of its own, with nobody in it, of a role that runs beside it.
      if (seen.has(key) || (by.role === 'monolithic' && owner?.role !== 'monolithic')) continue;
      const page = pagesOf(by as Parameters<typeof pagesOf>[0]).find((one: Page) => one.ring === ring.name);
      seen.set(key, {
        ...ring,
        by,
        component: by.component,
        about: by.role === 'monolithic' ? programSubject(by) : subject(by.component, ring.name),
        next: ask(by.namespace, by.pod, portOf(view.plan, by), page?.path ?? '/'),
        pods: podsIn(view, by.component, ring.name),
      });
    }
  return [...seen.values()];
}

/** Whose pods are in a ring: the role of that name, or the process with every role. */
function ownerOf(plan: Plan, component: string, ring: string): Workload | undefined {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  return workloads.find(({ role }) => role === ring) ?? workloads.find(({ role }) => role === 'monolithic');
}

function podsIn(view: View, component: string, ring: string): readonly LivePod[] {
  const own = ownerOf(view.plan, component, ring);
  if (own === undefined) return [];
  const names = new Set(objectNames(view.plan, own));
  return view.workloads
    .filter(({ name, workload }) => workload.role === own.role && names.has(name))
    .flatMap(view.podsOf);
}

/** A member has the name of its pod, or its address. */
export function isOf({ id, address }: RingMember, { metadata, status }: LivePod): boolean {
  const ip = (status as { readonly podIP?: string } | undefined)?.podIP;
  return id === metadata.name || (ip !== undefined && hostOf(address) === ip);
}

function hostOf(address: string): string {
  return address.replace(/^\[/, '').replace(/\]?:\d+$/, '');
}
