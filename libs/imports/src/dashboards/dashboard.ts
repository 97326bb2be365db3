import { checkLogql, checkPromql, checkTraceql, readDashboardQueries, type QueryFault } from '@lgtm-fleet/queries';
import type { DraftFile } from '../core/draft.ts';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';

interface DashboardContext {
  readonly ledger: Ledger;
  /** Gives each file a name of its own. */
  readonly name: (wanted: string) => string;
}

/** The first tenant, whose data sources a draft has. */
const TENANT = 'main';
const UIDS = new Map([
  ['prometheus', `metrics-${TENANT}`],
  ['loki', `logs-${TENANT}`],
  ['tempo', `traces-${TENANT}`],
  ['alertmanager', `alerts-${TENANT}`],
]);
const MAX_DEPTH = 100;

/**
 * A dashboard of Grafana as a file that comes along, with the data sources of the stack. The leaf that it was is
 * marked; nothing where it is no dashboard.
 */
export function dashboardFile(
  text: string,
  wanted: string,
  leaf: SourceNode,
  { ledger, name }: DashboardContext,
): DraftFile | undefined {
  const board = boardOf(text);
  if (board === undefined) {
    ledger.impossible(leaf, 'it is no dashboard of Grafana in JSON');
    return undefined;
  }
  const tally: Tally = { moved: 0, named: 0, deep: false };
  const { __inputs: inputs, __requires: requires, id, ...rest } = board;
  const moved = withSources(rest, 0, tally);
  if (tally.deep) {
    ledger.impossible(leaf, 'it nests too deep to be read');
    return undefined;
  }
  const path = `dashboards/${name(wanted.replace(/\.json$/i, ''))}.json`;
  const faults = faultsOf(text);
  const [first] = faults;
  const says = [
    `data sources of ${amount(tally.moved, 'place')} are those of tenant \`${TENANT}\``,
    ...((inputs ?? requires ?? id) === undefined ? [] : ['its id and its questions at import are left out']),
    ...(tally.named === 0
      ? []
      : [`data sources of ${amount(tally.named, 'place')} are named without their kind: choose them in Grafana`]),
    ...(first === undefined ? [] : [`${amount(faults.length, 'query', 'queries')} would be refused: ${first.message}`]),
  ];
  ledger.changed(leaf, path, says.join('; '));
  return { path, text: `${JSON.stringify(moved, null, 2)}\n`, origin: leaf };
}

type Board = Readonly<Record<string, unknown>>;

/** A dashboard, alone or as the API and some exports wrap it. */
function boardOf(text: string): Board | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const inner = isBoard(value) && isBoard(value['dashboard']) ? value['dashboard'] : value;
  if (!isBoard(inner)) return undefined;
  return ['panels', 'rows', 'elements', 'schemaVersion'].some((key) => Object.hasOwn(inner, key)) ? inner : undefined;
}

function isBoard(value: unknown): value is Board {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Tally {
  moved: number;
  named: number;
  deep: boolean;
}

/** The same value with every data source that is known by its kind replaced by the one of the stack. */
function withSources(value: unknown, depth: number, tally: Tally): unknown {
  if (depth > MAX_DEPTH) {
    tally.deep = true;
    return null;
  }
  if (Array.isArray(value)) return value.map((item) => withSources(item, depth + 1, tally));
  if (!isBoard(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'datasource' ? sourceOf(inner, tally) : withSources(inner, depth + 1, tally),
    ]),
  );
}

function sourceOf(value: unknown, tally: Tally): unknown {
  if (typeof value === 'string') {
    // A variable, or one that Grafana itself has.
    if (value !== '' && !/^(?:\$(?!\{DS_)|-- )/.test(value)) tally.named += 1;
    return value;
  }
  if (!isBoard(value)) return value;
  const { type, uid } = value;
  const own = typeof type === 'string' ? UIDS.get(type) : undefined;
  const isVariable = typeof uid === 'string' && /^\$(?!\{DS_)/.test(uid);
  if (own === undefined || isVariable) return value;
  tally.moved += 1;
  return { ...value, uid: own };
}

function amount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const CHECKS = { promql: checkPromql, logql: checkLogql, traceql: checkTraceql } as const;

function faultsOf(text: string): readonly QueryFault[] {
  return readDashboardQueries(text).queries.flatMap(({ language, text: query }) =>
    language === undefined
      ? []
      : CHECKS[language](query, { variables: true })
          .filter(({ severity }) => severity === 'error')
          .slice(0, 1),
  );
}
