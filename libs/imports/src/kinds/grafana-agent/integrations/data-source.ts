import { textOf } from '../../../core/look.ts';
import { secretName } from '../../../core/names.ts';
import type { OpenQuestion, YamlMap } from '../../../core/draft.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { Reading } from '../../../scrape/context.ts';
import type { Server } from './integration.ts';

/** A kind of server whose address and sign-in are one text. */
export interface DataSource {
  /** The kind of the source, and what it is called in its Secret. */
  readonly kind: 'mysql' | 'postgresql' | 'mongodb';
  readonly port: number;
  /** Host and port of a data source. */
  readonly parse: (text: string, port: number) => Server | undefined;
}

/** The text is a secret, the address in it is not. */
function serverBy(node: SourceNode, index: number, { kind, port, parse }: DataSource, reading: Reading) {
  const { ledger, to, source, fatal } = reading;
  const written = textOf(node) ?? '';
  const server = /\$\{|\{\{/.test(written) ? undefined : parse(written, port);
  if (server !== undefined && 'why' in server) {
    fatal.push(server.why);
    return undefined;
  }
  const key = { secret: secretName(source), key: index === 0 ? 'data-source' : `data-source-${index + 1}` };
  const dataSource = { ...ledger.secret(node, key, `${to}.${kind}.servers`, 'the data source, with its password') };
  return {
    server: { address: server?.address ?? `${kind}.example.com:${port}`, dataSource },
    open:
      server === undefined
        ? [{ at: `${kind}/servers/${index}/address`, question: 'where it is; its data source does not say it here' }]
        : [],
  };
}

/** Every data source as a server of its own. */
export function serversBy(
  nodes: readonly (SourceNode | undefined)[],
  kind: DataSource,
  reading: Reading,
): { readonly list: readonly YamlMap[]; readonly open: readonly OpenQuestion[] } {
  const said = nodes.filter((node) => node !== undefined);
  if (said.length === 0) reading.fatal.push('no data source of it is in the file');
  const found = said.flatMap((node, index) => serverBy(node, index, kind, reading) ?? []);
  return { list: found.map(({ server }) => server), open: found.flatMap(({ open }) => open) };
}
