import type { SourceNode } from '../../../core/node.ts';
import type { BlockNode } from '../syntax/nodes.ts';

/** A component, once for each instance of the module or loop that it stands in. */
export interface Component {
  /** Name and label with a dot between: `prometheus.scrape.nodes`. */
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** With what could be worked out in the place of what Alloy works out. */
  readonly node: BlockNode;
  readonly scope: Scope;
}

/** A module that is defined in a file, with the scope that it sees. */
export interface Declared {
  readonly block: BlockNode;
  readonly scope: Scope;
}

/** What a name means in a file, in an instance of a module, or in one round of a loop. */
export interface Scope {
  /** The file that it is in, for paths. */
  readonly file: string;
  readonly components: Map<string, Component>;
  /** Exports of the instances of modules, by the id of the instance. */
  readonly instances: Map<string, ReadonlyMap<string, SourceNode>>;
  readonly declares: Map<string, Declared>;
  /** Modules of other files, by the namespace that they have here; none where the file is not there. */
  readonly imports: Map<string, ReadonlyMap<string, Declared> | undefined>;
  /** What an instance was given. */
  readonly given: ReadonlyMap<string, SourceNode>;
  /** Of a loop: its variable, and what that is in this round. */
  readonly variable?: { readonly name: string; readonly value: SourceNode };
  readonly around?: Scope;
  readonly depth: number;
}

export function scopeOf(
  place: Pick<Scope, 'file' | 'depth'> & Partial<Pick<Scope, 'given' | 'variable' | 'around'>>,
): Scope {
  return {
    components: new Map(),
    instances: new Map(),
    declares: new Map(),
    imports: new Map(),
    given: new Map(),
    ...place,
  };
}

/** The scope and those around it whose components can be named in it: a loop sees them, a module does not. */
export function* visibleFrom(scope: Scope): Generator<Scope> {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.variable === undefined ? undefined : at.around)
    yield at;
}

/** A module by its name, here or in what is around. */
export function declaredAs(scope: Scope, name: string): Declared | 'elsewhere' | undefined {
  const [namespace = '', ...rest] = name.split('.');
  for (let at: Scope | undefined = scope; at !== undefined; at = at.around) {
    const own = at.declares.get(name);
    if (own !== undefined) return own;
    if (rest.length > 0 && at.imports.has(namespace))
      return at.imports.get(namespace)?.get(rest.join('.')) ?? 'elsewhere';
  }
  return undefined;
}
