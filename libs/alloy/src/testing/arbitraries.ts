import fc from 'fast-check';

/** Pieces of a file that a white space or comment may separate; `newline` says where it must not break the line. */
interface Piece {
  readonly text: string;
  readonly newline: boolean;
}

const before = (text: string): Piece => ({ text, newline: false });
const after = (text: string): Piece => ({ text, newline: true });

const name = fc.constantFrom('a', 'bc', 'd_1', 'é', 'truely');
const literal = fc.constantFrom(
  '1',
  '017',
  '.5e3',
  '"s\\n\\u00e9"',
  '""',
  '`raw "x"`',
  '`two\n\tlines `',
  'true',
  'null',
);

const expression = fc.letrec<{ any: readonly Piece[]; operand: readonly Piece[] }>((tie) => {
  const comma = (items: readonly (readonly Piece[])[]): readonly Piece[] =>
    items.flatMap((item, index) => (index + 1 < items.length ? [...item, after(',')] : item));
  const list = (item: fc.Arbitrary<readonly Piece[]>): fc.Arbitrary<readonly Piece[]> =>
    fc.tuple(fc.array(item, { maxLength: 3 }), fc.boolean()).map(([items, trailing]) => {
      const all = comma(items);
      return trailing && items.length > 0 ? [...all, after(',')] : all;
    });
  const field = fc
    .tuple(fc.oneof(name, fc.constantFrom('"k v"', '`raw`', '`q"`')), tie('any'))
    .map(([key, value]) => [before(key), after('='), ...value]);
  const operand = fc.oneof(
    { depthSize: 'small' },
    fc.oneof(name, literal).map((text) => [before(text)]),
    list(tie('any')).map((items) => [after('['), ...items, before(']')]),
    list(field).map((items) => [after('{'), ...items, before('}')]),
    tie('any').map((inner) => [after('('), ...inner, before(')')]),
    fc.tuple(name, name).map(([left, right]) => [before(left), after('.'), before(right)]),
    fc.tuple(name, tie('any')).map(([left, index]) => [before(left), after('['), ...index, before(']')]),
    fc.tuple(name, list(tie('any'))).map(([left, items]) => [before(left), after('('), ...items, before(')')]),
    tie('operand').map((inner) => [after('-'), ...inner]),
  );
  const operator = fc.constantFrom('+', '-', '*', '/', '%', '^', '==', '<=', '&&', '||');
  return {
    operand,
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('operand'),
      fc.tuple(tie('operand'), operator, tie('operand')).map(([left, text, right]) => [...left, after(text), ...right]),
    ),
  };
}).any;

const ending: Piece = { text: '\n', newline: true };

const body = fc.letrec<{ any: readonly Piece[] }>((tie) => {
  const attribute = fc.tuple(name, expression).map(([key, value]) => [before(key), after('='), ...value, ending]);
  const block = fc
    .tuple(fc.array(name, { minLength: 1, maxLength: 3 }), fc.option(name), tie('any'))
    .map(([names, label, inner]) => [
      ...names.flatMap((each, index) => (index === 0 ? [before(each)] : [after('.'), before(each)])),
      ...(label === null ? [] : [before(`"${label}"`)]),
      after('{'),
      ...inner,
      before('}'),
      ending,
    ]);
  return {
    any: fc
      .array(fc.oneof({ depthSize: 'small' }, attribute, block), { maxLength: 4 })
      .map((statements) => statements.flat()),
  };
}).any;

const anywhere = fc.constantFrom('', '', '', ' ', '\t ', ' /* c */ ', '/* d */');
const breaks = fc.constantFrom(
  '',
  '',
  ' ',
  '\n',
  '\n\n\n',
  ' // e\n',
  '\n// f\n\n',
  ' /* g\n h */ ',
  '\n\t// i\n// j\n',
);

/** Sound files with white space and comments wherever the language admits them. */
export const alloySource = body.chain((pieces) =>
  fc
    .tuple(...pieces.map(({ newline }) => (newline ? breaks : anywhere)))
    .map((spaces) =>
      pieces.map(({ text }, index) => separate(text, pieces[index + 1]?.text) + (spaces[index] ?? '')).join(''),
    ),
);

/** A space where two pieces would be read as one. */
function separate(text: string, next = ''): string {
  const joins = (/[\p{L}\d_.]$/u.test(text) && /^[\p{L}\d_.]/u.test(next)) || /^[-+*/%^=<>!&|]+$/.test(text);
  return joins ? `${text} ` : text;
}
