export type Values = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A variable of a container, or whatever else is a name with a value: somebody may have written a password into it. */
export function isVariable(value: unknown): value is { readonly name: string; readonly value: string } {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['value'] === 'string';
}

/** What stands at a path of objects and lists, of which any part may be missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((sum, key) => {
    if (Array.isArray(sum)) return (sum as readonly unknown[])[Number(key)];
    return isRecord(sum) ? sum[key] : undefined;
  }, value);
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}
