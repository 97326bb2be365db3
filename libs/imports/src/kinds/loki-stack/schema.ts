import type { YamlMap } from '../../core/draft.ts';
import { child, itemsOf, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { whyRefused } from '../../core/trial.ts';
import type { Part } from './context.ts';

/** A period of the index. */
export interface Period {
  readonly from: string;
  readonly store: string;
  readonly objectStore: string;
  readonly schema: string;
  readonly prefix: string;
  /** Where it stands; the chart has one that nobody writes. */
  readonly node?: SourceNode;
}

/** What the chart says of the index where nobody says anything. */
const USUAL: Period = {
  from: '2020-10-24',
  store: 'boltdb-shipper',
  objectStore: 'filesystem',
  schema: 'v11',
  prefix: 'index_',
};

/** Periods of the index, the oldest first. */
export function periodsOf(config: SourceNode | undefined): readonly Period[] {
  const list = itemsOf(child(config, 'schema_config', 'configs'));
  if (list.length === 0) return [USUAL];
  const periods = list.map((node): Period => {
    const text = (usual: string, ...path: readonly string[]): string => textOf(child(node, ...path)) ?? usual;
    return {
      from: text('', 'from').slice(0, 10),
      store: text('', 'store'),
      objectStore: text('', 'object_store'),
      schema: text('v11', 'schema'),
      prefix: text('', 'index', 'prefix'),
      node,
    };
  });
  return periods.toSorted((left, right) => (left.from < right.from ? -1 : left.from > right.from ? 1 : 0));
}

/** Whether the old Loki writes already what the new one goes on with. */
export function takesOver(periods: readonly Period[]): boolean {
  const last = periods.at(-1);
  return last?.store === 'tsdb' && last.schema === 'v13' && last.prefix === 'index_';
}

/** `logs` of a cluster that takes over what was written by these periods. */
export function logsOf(periods: readonly Period[]): YamlMap {
  const last = periods.at(-1);
  const earlier = periods.slice(0, -1).filter(isReadable).map(entryOf);
  const files = last?.objectStore === 'filesystem';
  return {
    schemaFrom: last?.from,
    ...(earlier.length > 0 && {
      earlierSchemas: earlier.map(({ objectStore, ...entry }) => ({
        ...entry,
        ...(!files && objectStore === 'filesystem' && { objectStore }),
      })),
    }),
  };
}

function entryOf({ from, store, schema, prefix, objectStore }: Period) {
  return { from, store, schema, ...(prefix !== 'index_' && { indexPrefix: prefix }), objectStore };
}

function isReadable({ store, schema }: Period): boolean {
  return (store === 'boltdb-shipper' || store === 'tsdb') && /^v1[123]$/.test(schema);
}

/** What becomes of each period: the new Loki goes on where the old one wrote what it writes, or begins anew. */
export function readSchema(periods: readonly Period[], ledger: Ledger): Part {
  const logs = logsOf(periods);
  const over = takesOver(periods);
  const why = over ? whyRefused({ logs }) : undefined;
  for (const period of periods) mark(period, { last: over && period === periods.at(-1), why }, ledger);
  if (!over || why !== undefined) return {};
  return {
    spec: { logs },
    comments: { 'logs/schemaFrom': 'The day from which the old Loki writes what the new one does; never changed' },
  };
}

interface Fate {
  /** The period that goes on. */
  readonly last: boolean;
  readonly why: string | undefined;
}

function mark(period: Period, { last, why }: Fate, ledger: Ledger): void {
  const { store, schema, node } = period;
  if (node === undefined) return;
  if (!isReadable(period)) {
    ledger.impossible(
      node,
      `Loki 3 reads no index of store \`${store.slice(0, 30)}\` and schema \`${schema.slice(0, 10)}\`: keep the old Loki for it until its retention has passed`,
    );
    return;
  }
  if (why !== undefined) ledger.impossible(node, `the cluster file cannot say it: ${why}. See docs/migrate.md`);
  else if (last) ledger.carried(node, 'logs.schemaFrom');
  else {
    const { objectStore, ...entry } = entryOf(period);
    const said = Object.entries(entry).map(([key, value]) => `${key}: ${value.slice(0, 40)}`);
    ledger.changed(
      node,
      'logs.earlierSchemas',
      `\`{ ${said.join(', ')} }\`, by which a Loki that takes over ${objectStore === 'filesystem' ? 'the files' : 'the bucket'} finds what was written then: docs/migrate.md`,
    );
  }
}
