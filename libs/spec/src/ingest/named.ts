import type { Path } from '../locate.ts';
import type { Source } from './sources.ts';

/** What a source names to be asked. */
export interface Named {
  readonly text: string;
  /** Its place below the source. */
  readonly path: Path;
  readonly form: 'host' | 'host and port' | 'url';
  /** Which probe asks it, where several could. */
  readonly probe?: 'http' | 'tcp' | 'icmp' | 'dns';
}

/** Everything that a source names; what others keep a list of is not here. */
export function namedBy({ static: fixed, consul, blackbox, snmp, ...databases }: Source): readonly Named[] {
  const { postgresql, mysql, mongodb, redis, kafka, elasticsearch } = databases;
  const { http, tcp, icmp, dns } = blackbox ?? {};
  return [
    ...list(fixed?.targets, 'host and port', ['static', 'targets']),
    ...list(http?.urls, 'url', ['blackbox', 'http', 'urls'], 'http'),
    ...list(tcp?.addresses, 'host and port', ['blackbox', 'tcp', 'addresses'], 'tcp'),
    ...list(icmp?.hosts, 'host', ['blackbox', 'icmp', 'hosts'], 'icmp'),
    ...list(dns?.servers, 'host and port', ['blackbox', 'dns', 'servers'], 'dns'),
    ...list(snmp?.devices, 'host', ['snmp', 'devices']),
    ...Object.entries({ postgresql, mysql, mongodb }).flatMap(([kind, settings]) =>
      (settings?.servers ?? []).map(({ address }, index): Named => ({
        text: address,
        path: [kind, 'servers', index, 'address'],
        form: 'host and port',
      })),
    ),
    ...list(redis?.servers, 'host and port', ['redis', 'servers']),
    ...list(kafka?.brokers, 'host and port', ['kafka', 'brokers']),
    ...one(elasticsearch?.url, 'url', ['elasticsearch', 'url']),
    ...one(consul?.server, 'host and port', ['consul', 'server']),
  ];
}

function list(
  texts: readonly string[] | undefined,
  form: Named['form'],
  path: Path,
  probe?: Named['probe'],
): readonly Named[] {
  return (texts ?? []).map((text, index) => ({
    text,
    path: [...path, index],
    form,
    ...(probe !== undefined && { probe }),
  }));
}

function one(text: string | undefined, form: Named['form'], path: Path): readonly Named[] {
  return text === undefined ? [] : [{ text, path, form }];
}
