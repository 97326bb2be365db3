import fc from 'fast-check';

export function pick<Value>(...values: readonly Value[]): fc.Arbitrary<Value> {
  return fc.constantFrom(...values);
}

/** The parts one behind the other. */
export function text(...parts: readonly (fc.Arbitrary<string> | string)[]): fc.Arbitrary<string> {
  const all = parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part));
  return fc.tuple(...all).map((found) => found.join(''));
}

/** Up to three of it, with commas. */
export function several(part: fc.Arbitrary<string>, least = 0): fc.Arbitrary<string> {
  return fc.array(part, { minLength: least, maxLength: 3 }).map((all) => all.join(', '));
}
