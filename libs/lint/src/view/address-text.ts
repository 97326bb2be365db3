/** How an address is written, taken apart. */
export interface AddressText {
  /** As written, without user, path and query: `dns+loki-memberlist.observability.svc.cluster.local:7946`. */
  readonly written: string;
  /** `http`, `https`, `dns` … ; empty where there is none. */
  readonly scheme: string;
  readonly host: string;
  readonly port?: number;
  /** Asks DNS for SRV records: `dnssrv+`, `dnssrvnoa+`. */
  readonly srv: boolean;
  /** Name of the port that an SRV record is asked for: `memcached` of `_memcached._tcp.…`. */
  readonly portName?: string;
  /** From the first slash on; empty where there is none. */
  readonly path: string;
}

const NAME = String.raw`[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9.])?`;
const LOOKUP = new RegExp(String.raw`^(dns|dnssrv|dnssrvnoa)\+(${NAME})(?::(\d{1,5}))?$`);
const URL_LIKE = new RegExp(
  String.raw`^([a-z][a-z0-9+.-]*)://(?:/)?(?:[^\s/@]*@)?(${NAME})(?::(\d{1,5}))?([/?#]\S*)?$`,
);
// Kafka's voters have the number of their node in front.
const HOST_PORT = new RegExp(String.raw`^(?:\d+@)?(${NAME}):(\d{1,5})(/\S*)?$`);
const SERVICE_NAME = new RegExp(String.raw`^(${NAME}\.svc(?:\.[A-Za-z0-9.-]+)?)(/\S*)?$`);
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, ws: 80, https: 443, wss: 443 };

/** The addresses in a text that holds nothing else: one, or several with commas between. */
export function addressesIn(text: string): readonly AddressText[] {
  if (text.length > 4096) return [];
  const parts = text.split(',').map((part) => addressIn(part.trim()));
  return parts.every((part) => part !== undefined) ? parts : [];
}

/** A name of DNS has 253 characters at most. */
const MAX_ADDRESS = 512;

function addressIn(text: string): AddressText | undefined {
  if (text.length > MAX_ADDRESS) return undefined;
  const lookup = LOOKUP.exec(text);
  if (lookup !== null) {
    const [, kind = '', name = '', port] = lookup;
    const [, portName, host] = /^_([^.]+)\._(?:tcp|udp)\.(.+)$/.exec(name) ?? [];
    return address(text, kind, host ?? name, port, '', kind !== 'dns', portName);
  }
  const url = URL_LIKE.exec(text);
  if (url !== null) {
    const [, scheme = '', host = '', port, path = ''] = url;
    return address(text.slice(0, text.length - path.length), scheme, host, port ?? DEFAULT_PORTS[scheme], path);
  }
  const pair = HOST_PORT.exec(text) ?? undefined;
  if (pair !== undefined) {
    const [, host = '', port, path = ''] = pair;
    return address(text.slice(0, text.length - path.length), '', host, port, path);
  }
  const service = SERVICE_NAME.exec(text);
  if (service === null) return undefined;
  const [, host = '', path = ''] = service;
  return address(host, '', host, undefined, path);
}

function address(
  written: string,
  scheme: string,
  host: string,
  port: string | number | undefined,
  path: string,
  srv = false,
  portName?: string,
): AddressText | undefined {
  // Numbers only: an address that needs no DNS, or no address at all.
  if (!/[A-Za-z]/.test(host)) return undefined;
  return {
    written,
    scheme,
    host: host.replace(/\.$/, ''),
    srv,
    path,
    ...(port !== undefined && { port: Number(port) }),
    ...(portName !== undefined && { portName }),
  };
}
