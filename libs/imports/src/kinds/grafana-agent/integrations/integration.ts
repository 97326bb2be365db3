import type { OpenQuestion, YamlMap } from '../../../core/draft.ts';
import type { SourceNode } from '../../../core/node.ts';
import { changedTo, impossible, type Verdict } from '../../../core/verdicts.ts';
import type { Reading } from '../../../scrape/context.ts';

/** A source that an integration becomes: the kind with what it says. */
export interface Made {
  readonly value: YamlMap;
  readonly open?: readonly OpenQuestion[];
}

/** Reads an integration as sources; why it cannot come along at all is `fatal`. */
export type ReadIntegration = (node: SourceNode, reading: Reading) => readonly Made[];

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

/** A server that the cluster can ask. */
export type Server = { readonly address: string } | { readonly why: string };

/** `host:port` of a server, with the port that it has unless said. */
export function serverOf(host: string, port: string | undefined, usual: number): Server {
  if (LOOPBACK.test(host)) return { why: LOCAL };
  if (!/^(?:[a-zA-Z0-9_](?:[-_.a-zA-Z0-9]*[a-zA-Z0-9_])?|\[[0-9a-fA-F:.]+\])$/.test(host))
    return { why: 'it names no host' };
  return { address: `${host}:${port ?? usual}` };
}

/** The same of `host:port` as it is written. */
export function hostAndPort(place: string, usual: number): Server {
  const [, host = place, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(place) ?? [];
  return serverOf(host, port, usual);
}

/** Why what an agent asked on its own machine is no source. */
export const LOCAL =
  'it is on the machine of the agent, and the cluster asks from elsewhere: say the address by which the cluster reaches it. Else by hand, on the machine itself';

export const DETAIL: Verdict = impossible(
  'how its exporter goes about it is not said in the cluster file: Alloy does as it does by itself',
);
export const DECIDED: Verdict = changedTo('the collector', 'Alloy decides it');
