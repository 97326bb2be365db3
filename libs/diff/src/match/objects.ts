import { groupOf, isObject, type Json, type JsonObject, type Manifest } from '@lgtm-fleet/manifests';
import { isApplication, sourceOf } from '../view/argocd.ts';
import { canonical } from './canonical.ts';
import { generatedNames } from './hash.ts';

/** An object of one revision, as it is compared. */
export interface Subject {
  readonly manifest: Manifest;
  /** Without the hash of its content. */
  readonly name: string;
  readonly value: JsonObject;
}

export interface Matched {
  readonly pairs: readonly { readonly before: Subject; readonly after: Subject; readonly renamed: boolean }[];
  readonly removed: readonly Subject[];
  readonly added: readonly Subject[];
}

/** Kinds with more objects than this that came and went are not searched for renames. */
const MAX_CANDIDATES = 200;
/** Part of what two objects say that must be the same for the one to be the other under a new name. */
const ALIKE = 0.75;

/** Finds each object of one revision in the other: by what it is called, else by what it says. */
export function match(before: readonly Manifest[], after: readonly Manifest[]): Matched {
  // Folders that nobody touched are the very same objects on both sides, and most of a pull request is such.
  const both = new Set(after);
  const untouched = new Set(before.filter((manifest) => both.has(manifest)));
  const left = subjects(before, untouched);
  const right = subjects(after, untouched);
  const pairs: Matched['pairs'][number][] = [];
  const gone: Subject[] = [];
  for (const [id, one] of left) {
    const other = right.get(id);
    if (other === undefined) gone.push(one);
    else pairs.push({ before: one, after: other, renamed: false });
  }
  const come = [...right].filter(([id]) => !left.has(id)).map(([, subject]) => subject);
  const renames = findRenames(gone, come);
  return {
    pairs: [...pairs, ...renames.map(([one, other]) => ({ before: one, after: other, renamed: true }))],
    removed: gone.filter((subject) => !renames.some(([one]) => one === subject)),
    added: come.filter((subject) => !renames.some(([, other]) => other === subject)),
  };
}

function subjects(manifests: readonly Manifest[], untouched: ReadonlySet<Manifest>): ReadonlyMap<string, Subject> {
  const generated = generatedNames(manifests);
  const found = new Map<string, Subject>();
  for (const manifest of manifests) {
    if (untouched.has(manifest)) continue;
    const { apiVersion, kind, namespace } = manifest;
    const own = kind === 'ConfigMap' || kind === 'Secret' ? generated.get(manifest.name) : undefined;
    const name = own ?? manifest.name;
    const id = [groupOf(apiVersion), kind, namespace, name].join('\0');
    // Argo CD would refuse a second object of the same name; so that nothing is overlooked, it stands by itself.
    const free = found.has(id) ? `${id}\0${String(found.size)}` : id;
    found.set(free, { manifest, name, value: canonical(manifest, generated) });
  }
  return found;
}

/** Pairs of the same kind that say nearly the same, the most alike first. */
function findRenames(gone: readonly Subject[], come: readonly Subject[]): readonly (readonly [Subject, Subject])[] {
  // All Applications of a cluster say nearly the same; one is the other under a new name where it deploys the same.
  const kindOf = ({ manifest }: Subject) =>
    `${groupOf(manifest.apiVersion)}/${manifest.kind}${isApplication(manifest) ? ` ${sourceOf(manifest)}` : ''}`;
  const comers = Map.groupBy(come, kindOf);
  let budget = MAX_COMPARED;
  const candidates: { readonly one: Subject; readonly other: Subject; readonly likeness: number }[] = [];
  for (const [kind, leavers] of Map.groupBy(gone, kindOf)) {
    const others = comers.get(kind) ?? [];
    if (others.length === 0 || leavers.length > MAX_CANDIDATES || others.length > MAX_CANDIDATES) continue;
    const facts = new Map([...leavers, ...others].map((subject) => [subject, factsOf(subject)]));
    for (const one of leavers)
      for (const other of others) {
        const [left, right] = [facts.get(one)?.size ?? 0, facts.get(other)?.size ?? 0];
        // Two that say so different an amount cannot be alike; and what costs too much is left as it is.
        if (Math.min(left, right) < ALIKE * Math.max(left, right) || budget < 0) continue;
        budget -= left;
        const likeness = jaccard(facts.get(one) ?? new Set(), facts.get(other) ?? new Set());
        if (likeness >= ALIKE) candidates.push({ one, other, likeness });
      }
  }
  const taken = new Set<Subject>();
  const renames: (readonly [Subject, Subject])[] = [];
  for (const { one, other } of candidates.toSorted((left, right) => right.likeness - left.likeness)) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one);
    taken.add(other);
    renames.push([one, other]);
  }
  return renames;
}

const MAX_FACTS = 5000;
/** Facts that a search for renames looks at: some seconds' worth. */
const MAX_COMPARED = 10_000_000;

/** What an object says, one line a value, whatever its own name is. */
function factsOf({ name, value }: Subject): ReadonlySet<string> {
  const facts = new Set<string>();
  const visit = (at: Json, path: string): void => {
    if (facts.size >= MAX_FACTS || path.length > 2000) return;
    if (Array.isArray(at)) for (const child of at as readonly Json[]) visit(child, `${path}[]`);
    else if (isObject(at)) for (const [key, child] of Object.entries(at)) visit(child, `${path}.${key}`);
    else if (path !== '.metadata.name' && path !== '.metadata.namespace')
      facts.add(`${path}=${(typeof at === 'string' ? at : JSON.stringify(at)).replaceAll(name, '\0')}`);
  };
  visit(value, '');
  return facts;
}

function jaccard(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const shared = [...left].filter((fact) => right.has(fact)).length;
  const all = left.size + right.size - shared;
  return all === 0 ? 1 : shared / all;
}
