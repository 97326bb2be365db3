import type { Span } from '@lgtm-fleet/diagnostics';
import type { ParseOptions } from '../core/fault.ts';
import type { Name } from '../core/parts.ts';
import { parsePromql } from '../promql/parse.ts';
import { type PromqlTree, type Selector, walk } from '../promql/tree.ts';

/** A selector of series. */
export interface MetricUse {
  /** Absent where a variable or a regular expression names the metric, or nothing does. */
  readonly name: string | undefined;
  /** Of the name, or of the whole selector. */
  readonly place: Span;
  /** What it asks of labels; values of `=` are the plain ones. */
  readonly matchers: readonly {
    readonly label: string;
    readonly operator: '=' | '!=' | '=~' | '!~';
    readonly value: string;
    readonly place: Span;
  }[];
}

/** A label that a query names: to select, to group or to match by. */
export interface LabelUse {
  readonly label: string;
  readonly place: Span;
  /** Metrics that may have the label there: one of them must. Empty where none is known by name. */
  readonly metrics: readonly string[];
}

/** Every selector of a query of PromQL, in its order; none where it cannot be read. */
export function metricsUsed(text: string, options: ParseOptions = {}): readonly MetricUse[] {
  const { tree } = parsePromql(text, options);
  return tree === undefined ? [] : selectorsOf(tree).map(useOf);
}

function selectorsOf(tree: PromqlTree): readonly Selector[] {
  return [...walk(tree)].filter((part) => part.kind === 'selector');
}

function useOf(selector: Selector): MetricUse {
  const name = nameOf(selector);
  const matchers = selector.matchers.flatMap(({ label, operator, value, start, end }) =>
    label === undefined || label.variable || label.text === '__name__'
      ? []
      : [{ label: label.text, operator, value: value.text, place: { start, end } }],
  );
  const { start, end } = name ?? selector;
  return { name: name?.text, place: { start, end }, matchers };
}

function nameOf({ name, matchers }: Selector): Name | undefined {
  const inside = matchers.find(({ label, operator }) => label?.text === '__name__' && operator === '=');
  const found = name ?? inside?.value;
  return found?.variable === true ? undefined : found;
}

/**
 * Every label that a query of PromQL names, in its order, but for those it makes itself by `label_replace`,
 * `label_join` or `count_values`.
 */
export function labelsUsed(text: string, options: ParseOptions = {}): readonly LabelUse[] {
  const { tree } = parsePromql(text, options);
  if (tree === undefined) return [];
  const made = new Set([...walk(tree)].flatMap(madeBy));
  const uses = [...walk(tree)].flatMap((part) => namedBy(part));
  return uses
    .filter(({ label }) => !made.has(label) && label !== '__name__')
    .toSorted((left, right) => left.place.start - right.place.start);
}

function madeBy(part: PromqlTree): readonly string[] {
  if (part.kind !== 'call' && part.kind !== 'aggregate') return [];
  const name = part.kind === 'call' ? part.name.text : part.operator;
  const at = { label_replace: 1, label_join: 1, count_values: 0 }[name];
  const target = at === undefined ? undefined : part.arguments[at];
  return target?.kind === 'string' ? [target.value] : [];
}

function namedBy(part: PromqlTree): readonly LabelUse[] {
  if (part.kind === 'selector') {
    const { name, matchers } = useOf(part);
    return matchers.map(({ label, place }) => ({ label, place, metrics: name === undefined ? [] : [name] }));
  }
  const names =
    part.kind === 'aggregate'
      ? (part.grouping?.labels ?? [])
      : part.kind === 'binary'
        ? [...(part.matching?.labels ?? []), ...(part.matching?.group?.labels ?? [])]
        : [];
  if (names.length === 0) return [];
  const uses = selectorsOf(part).map(nameOf);
  // One selector whose name nobody knows may have any label.
  const metrics = uses.includes(undefined)
    ? []
    : [...new Set(uses.flatMap((name) => (name === undefined ? [] : [name.text])))];
  return names
    .filter(({ variable }) => !variable)
    .map(({ text, start, end }) => ({ label: text, place: { start, end }, metrics }));
}
