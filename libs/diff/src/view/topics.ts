import { get, number, object, text, type Json } from '@lgtm-fleet/manifests';
import { quantity } from '../fields/scalar.ts';
import type { Change } from '../types.ts';
import type { Side } from './side.ts';

/** A Kafka topic, as the job that makes them is told, or as a KafkaTopic says. */
export interface Topic {
  readonly name: string;
  readonly partitions: number | undefined;
  readonly copies: number | undefined;
  /** Infinity: nothing is deleted by age. */
  readonly retentionSeconds: number | undefined;
}

export function topicsOf(side: Side): readonly Topic[] {
  const listed = side.files
    .filter(({ file }) => file === 'topics.txt')
    .flatMap(({ value }) => (Array.isArray(value) ? (value as readonly Json[]) : []))
    .flatMap((line) => (typeof line === 'string' ? readLine(line) : []));
  const declared = side.ofKind('KafkaTopic').map(({ name, body }): Topic => ({
    name: text(body, 'spec', 'topicName') ?? name,
    partitions: number(body, 'spec', 'partitions'),
    copies: number(body, 'spec', 'replicas'),
    retentionSeconds: retention(get(object(body, 'spec', 'config'), 'retention.ms')),
  }));
  return [...listed, ...declared];
}

/** `name partitions copies key=value,…` */
function readLine(line: string): readonly Topic[] {
  const [name, partitions, copies, settings = ''] = line.split(/\s+/);
  if (name === undefined || partitions === undefined || copies === undefined) return [];
  const retentionMs = /(?:^|,)retention\.ms=(-?\d+)/.exec(settings)?.[1];
  return [
    { name, partitions: quantity(partitions), copies: quantity(copies), retentionSeconds: retention(retentionMs) },
  ];
}

function retention(milliseconds: Json | undefined): number | undefined {
  if (milliseconds === undefined || milliseconds === null) return undefined;
  const value = Number(milliseconds);
  if (!Number.isFinite(value)) return undefined;
  return value < 0 ? Number.POSITIVE_INFINITY : value / 1000;
}

/** True for a change of what makes the topics: the list, or the one topic. */
export function isTopics({ kind, name }: Pick<Change, 'kind' | 'name'>, topic: string): boolean {
  return kind === 'KafkaTopic' ? name === topic : kind === 'ConfigMap' && name === 'kafka-topics';
}
