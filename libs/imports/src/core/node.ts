/** A step of a path in a document: a key, or the place in a list. */
export type Step = string | number;

interface At {
  readonly file: string;
  /** From 1, of the key where there is one. */
  readonly line: number;
  readonly path: readonly Step[];
}

export type Scalar = string | number | boolean | null;

export interface MapNode extends At {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, SourceNode>;
}

export interface ListNode extends At {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}

export interface ScalarNode extends At {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** As it stands in the file: `1.10` is another version than `1.1`. */
  readonly written: string;
}

/**
 * A value of an input with its place. Every place of an input is a node of its own, also where an alias repeats
 * what stands elsewhere, so that each can have an outcome of its own.
 */
export type SourceNode = MapNode | ListNode | ScalarNode;

/** What has nothing below it: scalars, and maps and lists that are empty. */
export function isLeaf(node: SourceNode): boolean {
  return node.kind === 'scalar' || (node.kind === 'map' ? node.entries.size : node.items.length) === 0;
}

export function childrenOf(node: SourceNode): readonly SourceNode[] {
  if (node.kind === 'scalar') return [];
  return node.kind === 'map' ? [...node.entries.values()] : node.items;
}

/** Every leaf at or below a node, in the order of the file. */
export function* leavesOf(node: SourceNode): Generator<SourceNode> {
  if (isLeaf(node)) yield node;
  else for (const child of childrenOf(node)) yield* leavesOf(child);
}

const WORD = /^[\w$@-]+$/;

/** A path as people write it: `scrape_configs[3].static_configs[0].targets`. */
export function formatPath(path: readonly Step[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!WORD.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
