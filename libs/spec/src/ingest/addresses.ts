import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import { namedBy, type Named } from './named.ts';

/** What has the form of an address and is none: a port beyond the last, a number beyond 255. */
export function addresses({ ingest, kubernetes }: ClusterSpec['spec']): Fault[] {
  return ingest.sources.flatMap((source, index) =>
    namedBy(source).flatMap((named): Fault[] => {
      const path = ['spec', 'ingest', 'sources', index, ...named.path];
      const { host, port } = partsOf(named);
      if (port !== undefined && (port < 1 || port > 65_535))
        return [{ id: 'not-a-port', path, message: `\`${port}\` is no port`, label: 'expected 1 to 65535' }];
      if (host === undefined) return [noAddress(named.text, path)];
      if (named.probe !== 'icmp' || isAddress(host) || kubernetes.networkPolicies === 'cilium') return [];
      return [
        {
          id: 'ping-by-name',
          path,
          message: `to ping \`${named.text}\`, every port of every address would have to be let out`,
          label: 'expected an address',
          help: 'a NetworkPolicy knows neither names nor ICMP; write the address, or say `kubernetes.networkPolicies: cilium`',
        },
      ];
    }),
  );
}

function noAddress(text: string, path: Path): Fault {
  return {
    id: 'not-an-address',
    path,
    message: `\`${text}\` is no address`,
    help: 'an address of digits has four numbers up to 255; what has a `:` in it stands in brackets',
  };
}

/** Its host, where it is one that can be dialled, and its port, where it says one. */
function partsOf({ text, form }: Named): { readonly host?: string; readonly port?: number } {
  const [, authority = ''] = form === 'url' ? (/^https?:\/\/([^/?#]*)/.exec(text) ?? []) : ['', text];
  const said = /:(\d+)$/.exec(form === 'host' ? '' : authority)?.[1];
  const host = said === undefined ? authority : authority.slice(0, -said.length - 1);
  const url = `http://${host}/`;
  // Whoever reads `10.1` or `010.0.0.1` as an address reads another one than is written.
  const known = URL.canParse(url) && (!isAddress(host) || host.startsWith('[') || new URL(url).hostname === host);
  return { ...(known && { host }), ...(said !== undefined && { port: Number(said) }) };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$|^\[/.test(host);
}
