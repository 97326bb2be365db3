import type { Drafted, OpenQuestion, YamlMap } from '../../../core/draft.ts';
import { secretName } from '../../../core/names.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { Reading } from '../../../scrape/context.ts';
import { hostAndPort, LOOPBACK_WHY } from '../../../scrape/targets.ts';
import type { World } from '../modules/world.ts';
import type { BlockNode } from '../syntax/nodes.ts';
import { LOCAL } from './reasons.ts';

/** An exporter that is built into Alloy, under way to a source of the kind that asks the same. */
export interface ExporterReading extends Reading {
  readonly world: World;
}

/** A part of a source: what it asks, with labels of its own. */
export interface Exported {
  readonly value: YamlMap;
  readonly labels?: Readonly<Record<string, string>>;
  readonly origin?: SourceNode;
  readonly open?: readonly OpenQuestion[];
}

/** The sources that an exporter becomes; none, and a reason in `fatal`, where that is not possible. */
export type ReadExporter = (node: BlockNode, reading: ExporterReading) => readonly Exported[];

export type DraftedValue = Drafted['value'];

/** An address that the cluster reaches, or why it is none. */
export function addressOf(written: string, port: number): ReturnType<typeof hostAndPort> {
  const read = hostAndPort(written, port);
  return 'why' in read && read.why === LOOPBACK_WHY ? { why: LOCAL } : read;
}

/** A value that stays out of git, as a reference to a key of the source's Secret. */
export function secretOf(
  node: SourceNode,
  key: string,
  at: string,
  what: string,
  { ledger, to, source }: Reading,
): YamlMap {
  return { ...ledger.secret(node, { secret: secretName(source), key }, `${to}.${at}`, what) };
}
