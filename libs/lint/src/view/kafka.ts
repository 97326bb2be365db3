import type { Span } from '@lgtm-fleet/diagnostics';
import { number, object, text, type Manifest, type Path, type Workload } from '@lgtm-fleet/manifests';
import { inConfig, inManifest, inText } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import { setting, type Program, type Setting } from './program.ts';

/** One value of a text, and its place. */
export interface Word {
  readonly value: string;
  readonly place: Place;
}

/** A topic that is declared: a line of the table that a Job of Kafka's image reads, or a KafkaTopic. */
export interface Topic {
  readonly name: Word;
  readonly partitions: Word;
  readonly replicas: Word;
  /** `retention.ms`, `max.message.bytes`, `min.insync.replicas` … */
  readonly settings: ReadonlyMap<string, Word>;
}

/** Kafka as the cluster itself runs it. */
export interface Brokers {
  readonly workload: Workload;
  readonly count: number;
  readonly config: ConfigFile;
  readonly properties: ReadonlyMap<string, Word>;
}

/** A store that writes to Kafka and reads from it, by its configuration file. */
export interface KafkaClient {
  readonly store: 'mimir' | 'tempo';
  readonly config: ConfigFile;
  /** Path of the block `kafka` in it. */
  readonly path: Path;
  /** The programs with this configuration that talk to Kafka. */
  readonly programs: readonly Program[];
  readonly address: Setting | undefined;
  readonly topic: Setting | undefined;
  readonly autoCreate: Setting | undefined;
}

const TEMPO_MODULES = ['distributor', 'live-store', 'block-builder', 'metrics-generator'];
const LINE = /^([\w.-]+)[ \t]+(\d+)[ \t]+(\d+)(?:[ \t]+(\S+))?[ \t]*$/gm;

export function topicsOf(cluster: ClusterView): readonly Topic[] {
  const tables = cluster
    .programsOf('kafka')
    .filter(({ workload }) => workload.kind === 'Job')
    .flatMap(({ files }) => files.map(({ config }) => config));
  return [...tables.flatMap(topicsIn), ...cluster.ofKind('KafkaTopic').map(topicOf)];
}

function topicsIn(config: ConfigFile): readonly Topic[] {
  return [...config.text.matchAll(LINE)].map((line) => {
    let from = line.index;
    const word = (value: string): Word => {
      const start = config.text.indexOf(value, from);
      from = start + value.length;
      return { value, place: inText(config, { start, end: from }) };
    };
    const [, name = '', partitions = '', replicas = '', rest = ''] = line;
    return {
      name: word(name),
      partitions: word(partitions),
      replicas: word(replicas),
      settings: new Map(
        rest.split(',').flatMap((pair) => {
          const [key = '', value = ''] = pair.split('=');
          if (value === '') return [];
          word(key);
          return [[key, word(value)] as const];
        }),
      ),
    };
  });
}

function topicOf(manifest: Manifest): Topic {
  const word = (...path: Path): Word => ({
    value: String(number(manifest.body, ...path) ?? text(manifest.body, ...path) ?? ''),
    place: inManifest(manifest, ...path),
  });
  const named = text(manifest.body, 'spec', 'topicName') !== undefined;
  return {
    name: named ? word('spec', 'topicName') : word('metadata', 'name'),
    partitions: word('spec', 'partitions'),
    replicas: word('spec', 'replicas'),
    settings: new Map(
      Object.keys(object(manifest.body, 'spec', 'config')).map((key) => [key, word('spec', 'config', key)]),
    ),
  };
}

export function brokersOf(cluster: ClusterView): readonly Brokers[] {
  return cluster.programsOf('kafka').flatMap(({ workload, files }) => {
    const config = files.find(({ path }) => path.endsWith('.properties'))?.config;
    if (workload.kind !== 'StatefulSet' || config === undefined) return [];
    return [{ workload, count: workload.replicas ?? 1, config, properties: propertiesOf(config) }];
  });
}

function propertiesOf(config: ConfigFile): ReadonlyMap<string, Word> {
  return new Map(
    [...config.text.matchAll(/^([\w.-]+)[ \t]*=[ \t]*(.*)$/gm)].map((line) => {
      const [all, key = '', value = ''] = line;
      const end = line.index + all.length;
      const span: Span = { start: end - value.length, end };
      return [key, { value: value.trimEnd(), place: inText(config, span) }];
    }),
  );
}

export function propertyNumber({ properties }: Brokers, key: string): number | undefined {
  return numberOf(properties.get(key));
}

/** The whole number that a word is. */
export function numberOf(word: Word | undefined): number | undefined {
  return word !== undefined && /^\d+$/.test(word.value) ? Number(word.value) : undefined;
}

export function kafkaClients(cluster: ClusterView): readonly KafkaClient[] {
  return [
    ...clientsOf('tempo', ['ingest', 'kafka'], cluster.programsOf('tempo').filter(writesToKafka)),
    ...clientsOf(
      'mimir',
      ['ingest_storage', 'kafka'],
      cluster.programsOf('mimir').filter((program) => setting(program, 'ingest_storage', 'enabled')?.value === true),
    ),
  ];
}

/** Tempo as one process needs no Kafka. */
function writesToKafka({ target }: Program): boolean {
  return target.split(',').some((module) => TEMPO_MODULES.includes(module));
}

function clientsOf(store: KafkaClient['store'], path: Path, programs: readonly Program[]): readonly KafkaClient[] {
  return [...Map.groupBy(programs, ({ config }) => config)].flatMap(([config, own]) => {
    const [first] = own;
    if (config === undefined || first === undefined) return [];
    return [
      {
        store,
        config,
        path,
        programs: own,
        address: setting(first, ...path, 'address'),
        topic: setting(first, ...path, 'topic'),
        autoCreate: setting(first, ...path, 'auto_create_topic_enabled'),
      },
    ];
  });
}

/** The topic that a client uses, where it is declared. */
export function topicOfClient(client: KafkaClient, topics: readonly Topic[]): Topic | undefined {
  return topics.find(({ name }) => name.value === client.topic?.value);
}

/** Where a setting of a client's block `kafka` stands, or should. */
export function inKafka(client: KafkaClient, key: string): Place {
  return inConfig(client.config, ...client.path, key);
}

/** Where a part of a word stands, if the word is in a text; else the whole. */
export function within({ value, place }: Word, part: string): Place {
  const at = value.indexOf(part);
  if (!('span' in place) || at < 0) return place;
  const start = place.span.start + at;
  return { ...place, span: { start, end: start + part.length } };
}
