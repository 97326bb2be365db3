import { parseArgs } from 'node:util';
import type { Round } from './load.ts';

export const USAGE = `usage: node src/main.ts shop|stock|load [flags]

shop, stock
  --port N         port to listen on, on all addresses (PORT); 8080 unless said, 0 for any
shop
  --stock URL      where stock listens (STOCK_URL)
load
  --shop URL       where shop listens (SHOP_URL)
  --count N        requests of a round (LOAD_COUNT); 20 unless said
  --rate N         requests a second (LOAD_RATE); 2 unless said
  --deadline N     seconds after which a round ends in any case (LOAD_DEADLINE); 60 unless said
  --slow-every N   every how many requests one is slow (LOAD_SLOW_EVERY); 5 unless said, 0 for never
  --fail-every N   every how many requests one fails (LOAD_FAIL_EVERY); 0, never, unless said
  --pause N        seconds until the next round (LOAD_PAUSE); there is one round unless said`;

export type Command =
  | { readonly role: 'stock'; readonly port: number }
  | { readonly role: 'shop'; readonly port: number; readonly stock: URL }
  | {
      readonly role: 'load';
      readonly round: Round;
      /** Seconds between rounds; absent: one round. */
      readonly pause?: number;
    };

const LARGEST = 1_000_000;

/**
 * A flag goes before its variable.
 * @throws Error with a sentence for people, when something is missing or makes no sense
 */
export function readCommand(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Command {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: text,
      stock: text,
      shop: text,
      count: text,
      rate: text,
      deadline: text,
      'slow-every': text,
      'fail-every': text,
      pause: text,
    },
  });
  const said = (flag: keyof typeof values, variable: string) => values[flag] ?? env[variable];
  const number = (flag: keyof typeof values, variable: string, otherwise: number, least: number, most = LARGEST) => {
    const value = said(flag, variable);
    const parsed = value === undefined ? otherwise : value.trim() === '' ? NaN : Number(value);
    if (!(parsed >= least && parsed <= most))
      throw new Error(`--${flag} is a number from ${least} to ${most}, not '${value ?? ''}'`);
    return parsed;
  };
  const whole = (flag: keyof typeof values, variable: string, otherwise: number, least: number, most?: number) => {
    const parsed = number(flag, variable, otherwise, least, most);
    if (!Number.isInteger(parsed)) throw new Error(`--${flag} is a whole number, not ${parsed}`);
    return parsed;
  };
  const address = (flag: 'stock' | 'shop', variable: string) => {
    const value = said(flag, variable) ?? '';
    if (!/^https?:\/\//.test(value) || !URL.canParse(value))
      throw new Error(`--${flag} is an address such as http://127.0.0.1:8080, not '${value}'`);
    return new URL(value);
  };
  const [role, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`there is nothing to do with '${rest.join(' ')}'`);
  switch (role) {
    case 'stock':
      return { role, port: whole('port', 'PORT', 8080, 0, 65_535) };
    case 'shop':
      return { role, port: whole('port', 'PORT', 8080, 0, 65_535), stock: address('stock', 'STOCK_URL') };
    case 'load': {
      const round: Round = {
        url: address('shop', 'SHOP_URL'),
        count: whole('count', 'LOAD_COUNT', 20, 1),
        rate: number('rate', 'LOAD_RATE', 2, 0.01, 1000),
        deadlineSeconds: number('deadline', 'LOAD_DEADLINE', 60, 1, 86_400),
        slowEvery: whole('slow-every', 'LOAD_SLOW_EVERY', 5, 0),
        failEvery: whole('fail-every', 'LOAD_FAIL_EVERY', 0, 0),
      };
      return said('pause', 'LOAD_PAUSE') === undefined
        ? { role, round }
        : { role, round, pause: number('pause', 'LOAD_PAUSE', 0, 1, 86_400) };
    }
    default:
      throw new Error(role === undefined ? 'no role is given' : `there is no role '${role}'`);
  }
}
