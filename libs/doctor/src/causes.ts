import type { Plan } from '@lgtm-fleet/plan';
import { STORES } from './programs.ts';
import { touches, type Subject } from './subjects.ts';
import { LAYERS, type Diagnosis, type Finding, type Severity } from './types.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
/** What is found there is never a symptom: nothing below could have caused it. */
const ROOTS = ['cluster', 'inputs'];
/** What stores cannot be without: when it is down, their pods crash, whatever layer that is. */
const FOUNDATIONS: readonly Subject[] = ['object-storage', 'seaweedfs', 'kafka'];

/** What does nothing but call stores through the gateway, and is ready when they have taken what it brings. */
const CLIENTS: readonly Subject[] = ['rules'];
const SERVED_BY: readonly Subject[] = [...STORES, 'gateway'];

/**
 * Puts each finding under what explains it: the deepest finding about the same part of the stack that is at least as
 * bad. A cause that has a cause itself hands its symptoms on, so what is left are the roots.
 */
export function diagnosesOf(plan: Plan, findings: readonly Finding[]): readonly Diagnosis[] {
  const known = findings.map((finding): Known => ({
    ...finding,
    breaks: [...(finding.breaks ?? []), ...dependents(plan, finding)],
  }));
  const causes = new Map(known.map((finding) => [finding, causeOf(finding, known)]));
  const rootOf = (finding: Known): Known => {
    const cause = causes.get(finding);
    return cause === undefined ? finding : rootOf(cause);
  };
  const symptoms = Map.groupBy(
    known.filter((finding) => causes.get(finding) !== undefined),
    rootOf,
  );
  return known
    .filter((finding) => causes.get(finding) === undefined)
    .map((finding) => ({ ...finding, symptoms: (symptoms.get(finding) ?? []).toSorted(byWorst) }))
    .toSorted(
      (left, right) =>
        RANK[left.severity] - RANK[right.severity] ||
        right.symptoms.length - left.symptoms.length ||
        byWorst(left, right),
    );
}

type Known = Finding & { readonly breaks: readonly Subject[] };

/** Stores that call a foundation of the stack, and what is not ready without a store. */
function dependents({ connections }: Plan, finding: Finding): readonly Subject[] {
  if (!isFoundation(finding)) return SERVED_BY.some((part) => isAbout(finding, [part])) ? CLIENTS : [];
  return STORES.filter((store) =>
    connections.some(({ from, to }) => {
      const called = to.kind === 'pods' ? to.component : to.name;
      return from.kind === 'pods' && from.component === store && finding.about.some((part) => touches(part, called));
    }),
  );
}

/** Whether a finding is about these parts, and about no other. */
function isAbout({ about }: Finding, parts: readonly Subject[]): boolean {
  return about.length > 0 && about.every((one) => parts.some((part) => touches(one, part)));
}

function isFoundation(finding: Finding): boolean {
  return isAbout(finding, FOUNDATIONS);
}

function causeOf(symptom: Known, findings: readonly Known[]): Known | undefined {
  return findings
    .filter((candidate) => explains(candidate, symptom))
    .toSorted((left, right) => overlap(right, symptom) - overlap(left, symptom) || byWorst(left, right))[0];
}

function explains(cause: Known, symptom: Known): boolean {
  return (
    depth(cause) < depth(symptom) &&
    !ROOTS.includes(symptom.layer) &&
    RANK[cause.severity] <= RANK[symptom.severity] &&
    broken(cause).some((part) => symptom.about.some((other) => touches(part, other)))
  );
}

/** How exactly a cause is about what the symptom is about: the very object before the very part before its component. */
function overlap(cause: Known, symptom: Known): number {
  const exact = cause.about.some((part) => symptom.about.includes(part));
  return (exact ? 1 : 0) + (cause.where === symptom.where ? 1 : 0);
}

function broken({ about, breaks }: Known): readonly Subject[] {
  return [...about, ...breaks];
}

/** Strictly less for a cause than for its symptom, so no chain of causes comes back to where it began. */
function depth(finding: Finding): number {
  return LAYERS.indexOf(finding.layer) + (isFoundation(finding) ? 0 : LAYERS.length);
}

function byWorst(left: Finding, right: Finding): number {
  return (
    RANK[left.severity] - RANK[right.severity] ||
    depth(left) - depth(right) ||
    compare(left.id, right.id) ||
    compare(left.where, right.where)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
