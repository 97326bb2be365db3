import { secondsOf } from '@lgtm-fleet/units';
import { parse } from 'yaml';
import type { Seen } from '../check.ts';

/** Go writes what it does not show as this. */
const HIDDEN = '********';

/** Lists that the program keeps as a set, and writes in another order every time: Tempo's processors of metrics. */
const SETS: ReadonlySet<string> = new Set(['processors']);

/**
 * Holds a generated configuration against what the running program says that it runs with: each value that was
 * generated must be there, whatever form the program writes it in.
 * @throws Error with the paths whose values differ
 */
export function configuredAs(
  generated: string,
  running: string,
  environment: Readonly<Record<string, string>> = {},
): Seen {
  const wanted = parse(
    generated.replaceAll(/\$\{(\w+)\}/g, (text, name: string) => environment[name] ?? text),
  ) as unknown;
  const differences = compare(wanted, parse(running), []);
  const hidden = (text: string): string =>
    Object.values(environment).reduce((sum, secret) => sum.replaceAll(secret, HIDDEN), text);
  if (differences.length > 0) throw new Error(hidden(differences.slice(0, 10).join('; ')));
  return { detail: `${String(leaves(wanted))} values as generated` };
}

function compare(wanted: unknown, running: unknown, path: readonly string[]): readonly string[] {
  if (isMap(wanted)) {
    const other = isMap(running) ? running : {};
    return Object.entries(wanted).flatMap(([key, value]) => compare(value, other[key], [...path, key]));
  }
  if (Array.isArray(wanted)) {
    const other = Array.isArray(running) ? (running as readonly unknown[]) : [running];
    if (SETS.has(path.at(-1) ?? '')) {
      const missing = (wanted as readonly unknown[]).filter((value) => !other.includes(value));
      return missing.map((value) => `${path.join('.')}: generated ${show(value)}, running without it`);
    }
    return (wanted as readonly unknown[]).flatMap((value, index) =>
      compare(value, other[index], [...path, String(index)]),
    );
  }
  return same(wanted, running) ? [] : [`${path.join('.')}: generated ${show(wanted)}, running ${show(running)}`];
}

function same(wanted: unknown, running: unknown): boolean {
  if (running === HIDDEN || wanted === running) return true;
  // What is empty is left out by some programs.
  if ((wanted === '' || wanted === false || wanted === 0) && (running === undefined || running === null)) return true;
  const [left, right] = [amount(wanted), amount(running)];
  return left !== undefined && left === right;
}

const BYTES: Readonly<Record<string, number>> = {
  KB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  B: 1,
};

/** Seconds of `168h0m0s`, bytes of `4MB`, or the text itself as programs normalise it. */
function amount(value: unknown): number | string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  // A bare zero is a number as well.
  const seconds = value === '0' ? undefined : secondsOf(value);
  if (seconds !== undefined) return seconds;
  const bytes = /^(\d+(?:\.\d+)?) ?([KMG]?i?B)$/i.exec(value);
  if (bytes !== null) return Number(bytes[1]) * (BYTES[bytes[2]?.toUpperCase() ?? ''] ?? 0);
  return value;
}

function leaves(value: unknown): number {
  if (isMap(value)) return Object.values(value).reduce<number>((sum, entry) => sum + leaves(entry), 0);
  if (Array.isArray(value)) return (value as readonly unknown[]).reduce<number>((sum, entry) => sum + leaves(entry), 0);
  return 1;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
