import { child, numberOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { hostAndPort, LOOPBACK_WHY } from '../../../scrape/targets.ts';
import type { CheckReading } from './check.ts';
import { LOCAL, TEMPLATE } from './reasons.ts';

interface Keys {
  readonly host: readonly string[];
  /** Where none is said; 0 where one has to be. */
  readonly port: number;
  readonly portKey?: string;
  /** Key of the list below the source. */
  readonly at: string;
}

/** Host and port of an instance as an address that the cluster reaches; none, and it is refused, where it is not. */
export function serverOf(instance: SourceNode, keys: Keys, reading: CheckReading): string | undefined {
  const { ledger, to, refused } = reading;
  const { host: names, port: usual, portKey = 'port', at } = keys;
  const host = names.map((key) => child(instance, key)).find((node) => node !== undefined);
  const port = child(instance, portKey);
  const number = numberOf(port);
  const address = addressOf(textOf(host) ?? '', number, usual);
  if ('why' in address) {
    refused.set(
      instance,
      address.why === MISSING ? `it does not say ${names.map((key) => `\`${key}\``).join(' or ')}` : address.why,
    );
    return undefined;
  }
  ledger.carried(host, `${to}.${at}`);
  ledger.carried(number === undefined ? undefined : port, `${to}.${at}`);
  return address.target;
}

const MISSING = 'it says no host';

/** An address that the cluster reaches, or why it is none. */
export function addressOf(
  written: string,
  port: number | undefined,
  usual: number,
): { readonly target: string } | { readonly why: string } {
  if (written === '') return { why: MISSING };
  if (written.includes('%%')) return { why: TEMPLATE };
  if (written.startsWith('/')) return { why: `it is asked by a socket of its machine: ${LOCAL}` };
  const read = hostAndPort(port === undefined || /:\d+$/.test(written) ? written : `${written}:${port}`, usual);
  if ('why' in read) return { why: read.why === LOOPBACK_WHY ? LOCAL : read.why };
  return read.target.endsWith(':0') ? { why: 'it has no port' } : read;
}
