/** What flows through an export or an argument. All else is plain data (`undefined` in a model). */
export type Kind = 'targets' | 'metrics' | 'logs' | 'otel' | 'profiles' | 'rules' | 'auth' | 'extension';

export interface ArgumentModel {
  readonly required: boolean;
  readonly kind?: Kind;
  /** A list of what `kind` says; targets are a list themselves. */
  readonly list: boolean;
}

export interface BlockModel {
  readonly required: boolean;
  /** It may stand there more than once. */
  readonly many: boolean;
  /** A function, for a block can stand in itself. */
  readonly body: () => BodyModel;
}

export interface BodyModel {
  readonly arguments: ReadonlyMap<string, ArgumentModel>;
  readonly blocks: ReadonlyMap<string, BlockModel>;
}

export interface ComponentModel {
  /** A module's, whose exports can be of any kind. */
  readonly custom?: boolean;
  readonly exports: ReadonlyMap<string, Kind | undefined>;
  readonly body: () => BodyModel;
}

/** Definitions by name, as text: what stands after the name, and the lines below it. */
type Definitions = ReadonlyMap<string, { readonly head: readonly string[]; readonly items: readonly string[] }>;

/**
 * Reads a catalogue. A line at the left edge names a component and its exports, the indented ones below it
 * list what it takes: `name` an argument, `name{…}` a block, `name@shape` a block that `shapes` describes,
 * `...shape` all that a shape takes. `!` it is required, `*` it may come more than once, `:logs` its kind,
 * `:logs[]` a list of them.
 *
 * @throws Error when the text is not of that form.
 */
export function readCatalogue(text: string, shapes: string): ReadonlyMap<string, ComponentModel> {
  const known = readDefinitions(shapes);
  const models = new Map<string, ComponentModel>();
  for (const [name, { head, items }] of readDefinitions(text)) {
    const exports = head.map((each): readonly [string, Kind | undefined] => {
      const [exported = '', kind] = each.split(':');
      return [exported, kind === undefined ? undefined : kindOf(kind)];
    });
    models.set(name, { exports: new Map(exports), body: once(() => readBody(items, known)) });
  }
  return models;
}

function readDefinitions(text: string): Definitions {
  const definitions = new Map<string, { head: readonly string[]; items: string[] }>();
  let last: string[] | undefined;
  for (const line of text.split('\n')) {
    const words = line.match(/[{}]|[^\s{}]+/g) ?? [];
    const [name, ...head] = words;
    if (name === undefined) continue;
    if (line.startsWith(' ')) last?.push(...words);
    else definitions.set(name, { head, items: (last = []) });
  }
  return definitions;
}

const item =
  /^(?<include>\.\.\.)?(?<name>[\w.]+)(?<required>!)?(?<many>\*)?(?:@(?<shape>\w+)|:(?<kind>\w+)(?<list>\[\])?)?$/;

function readBody(words: readonly string[], shapes: Definitions): BodyModel {
  const args = new Map<string, ArgumentModel>();
  const blocks = new Map<string, BlockModel>();
  const ofShape = (name: string): BodyModel => {
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`the catalogue has no shape '${name}'`);
    return readBody(shape.items, shapes);
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const groups = item.exec(word)?.groups;
    const { name, shape, kind } = groups ?? {};
    if (groups === undefined || name === undefined) throw new Error(`the catalogue cannot say '${word}'`);
    const required = groups['required'] !== undefined;
    const many = groups['many'] !== undefined;
    if (groups['include'] !== undefined) {
      const included = ofShape(name);
      for (const [key, value] of included.arguments) args.set(key, value);
      for (const [key, value] of included.blocks) blocks.set(key, value);
    } else if (shape !== undefined) {
      blocks.set(name, { required, many, body: once(() => ofShape(shape)) });
    } else if (words[at + 1] === '{') {
      const end = closing(words, at + 1);
      const inner = words.slice(at + 2, end);
      blocks.set(name, { required, many, body: once(() => readBody(inner, shapes)) });
      at = end;
    } else {
      const list = groups['list'] !== undefined;
      args.set(name, { required, list, ...(kind === undefined ? {} : { kind: kindOf(kind) }) });
    }
  }
  return { arguments: args, blocks };
}

function closing(words: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at += 1) {
    if (words[at] === '{') depth += 1;
    else if (words[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('the catalogue leaves a brace open');
}

const kinds: readonly Kind[] = ['targets', 'metrics', 'logs', 'otel', 'profiles', 'rules', 'auth', 'extension'];

function kindOf(text: string): Kind {
  const kind = kinds.find((each) => each === text);
  if (kind === undefined) throw new Error(`the catalogue knows no kind '${text}'`);
  return kind;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
