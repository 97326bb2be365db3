import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { nameOf, setAside } from './checkout.ts';
import { measureInChild, median } from './processes.ts';

const ROUNDS = 3;
const TARGETS = 2000;
const HOSTS = 500;
const TARGETS_OF_SOURCE = 50;
const HOSTS_OF_GROUP = 10;

export const ingestHead = ['targets', 'hosts', 'start s', 'generate s', 'more than none s', 'peak MiB'] as const;

/** Generates one large cluster as it is, and with everything that can be outside of it. Two rows of the table. */
export async function ingestRows(root: string): Promise<readonly (readonly string[])[]> {
  const none = await measured(root, 0);
  addIngest(join(root, 'clusters', nameOf(0), 'cluster.yaml'));
  const all = await measured(root, ROUNDS);
  const row = (targets: number, hosts: number, { start, generate, peak }: Medians): readonly string[] => [
    String(targets),
    String(hosts),
    start.toFixed(2),
    generate.toFixed(2),
    (generate - none.generate).toFixed(2),
    peak.toFixed(0),
  ];
  return [row(0, 0, none), row(TARGETS, HOSTS, all)];
}

interface Medians {
  readonly start: number;
  readonly generate: number;
  readonly peak: number;
}

/** The rounds from `first` on. */
async function measured(root: string, first: number): Promise<Medians> {
  const rounds = [];
  for (let round = first; round < first + ROUNDS; round += 1) {
    setAside(root, round);
    rounds.push(await measureInChild('generate', root));
  }
  return {
    start: median(rounds, ({ startSeconds }) => startSeconds),
    generate: median(rounds, ({ generateSeconds }) => generateSeconds),
    peak: Math.max(...rounds.map(({ peakMiB }) => peakMiB)),
  };
}

interface ClusterFile {
  readonly spec: { readonly tenants: readonly object[] };
}

/** Targets by address and by probe in turn, and groups of machines, all of the first tenant. */
export function addIngest(file: string): void {
  const cluster = parse(readFileSync(file, 'utf8')) as ClusterFile;
  const [first, ...others] = cluster.spec.tenants;
  const sources = Array.from({ length: TARGETS / TARGETS_OF_SOURCE }, (_, index) => sourceOf(index));
  const hosts = Array.from({ length: HOSTS / HOSTS_OF_GROUP }, (_, index) => ({
    name: `machines-${String(index)}`,
    writer: 'machines',
    count: HOSTS_OF_GROUP,
    files: ['/var/log/app/*.log'],
  }));
  const tenants = [{ ...first, writers: [{ name: 'machines', credential: 'token' }] }, ...others];
  writeFileSync(
    file,
    stringify(
      { ...cluster, spec: { ...cluster.spec, tenants, ingest: { sources, hosts } } },
      { aliasDuplicateObjects: false },
    ),
  );
}

function sourceOf(index: number): object {
  const name = `source-${String(index)}`;
  const addresses = Array.from(
    { length: TARGETS_OF_SOURCE },
    (_, at) => `10.${String(index)}.0.${String(at + 1)}:9100`,
  );
  if (index % 2 === 0) return { name, limits: { samples: 100 }, static: { targets: addresses } };
  return { name, blackbox: { tcp: { addresses } } };
}
