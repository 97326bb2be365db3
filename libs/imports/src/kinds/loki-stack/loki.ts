import type { SourceFile } from '@lgtm-fleet/spec';
import { formatBytes, quantityOf } from '@lgtm-fleet/units';
import type { Inputs, YamlMap } from '../../core/draft.ts';
import { booleanOf, child, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { whyRefused } from '../../core/trial.ts';
import { judge } from '../../core/verdicts.ts';
import { placeOf, type Part } from './context.ts';
import { readIngress } from './entry.ts';
import { readLimits } from './limits.ts';
import { readRetention, type Retention } from './retention.ts';
import { logRules } from './rules.ts';
import { periodsOf, readSchema, takesOver, type Period } from './schema.ts';
import { readStorage } from './storage.ts';
import { config as ofConfig, loki as ofLoki } from './verdicts.ts';

export interface LokiRead extends Part {
  /** Whether lines were written without tenants. */
  readonly untenanted: boolean;
}

/** Values of the chart of Loki within this one, and what it says where nobody says anything. */
export function readLoki(
  loki: SourceNode | undefined,
  file: SourceFile,
  grafana: YamlMap | undefined,
  { ledger, cluster }: Pick<Inputs, 'ledger' | 'cluster'>,
): LokiRead {
  const config = child(loki, 'config');
  judge(loki, ofLoki, ledger);
  judge(config, ofConfig, ledger);
  readLimits(config, ledger);
  const retention = readRetention(config, ledger);
  const periods = periodsOf(config);
  const schema = readSchema(periods, ledger);
  const over = schema.spec !== undefined;
  const annotations = child(loki, 'serviceAccount', 'annotations');
  const objectStore = periods.at(-1)?.objectStore ?? '';
  const auth = child(config, 'auth_enabled');
  const untenanted = booleanOf(auth) !== true;
  if (untenanted)
    ledger.changed(auth, 'tenants[main].adopts', 'lines without a tenant are those of `fake`, which `main` also reads');
  else ledger.carried(auth, 'tenants');
  const persistence = child(loki, 'persistence');
  const parts = [
    retention,
    schema,
    readStorage(objectStore, { config, annotations, ledger, over, cluster }),
    volumeOf(persistence, retention, objectStore === 'filesystem', ledger),
    storageClassOf(child(persistence, 'storageClassName'), ledger),
    readIngress(child(loki, 'ingress'), grafana, ledger),
  ];
  const rules = logRules(child(loki, 'alerting_groups'), file, ledger);
  return {
    untenanted,
    spec: Object.assign({}, ...parts.map(({ spec = {} }) => spec)) as YamlMap,
    comments: Object.assign({}, ...parts.map(({ comments = {} }) => comments)) as Readonly<Record<string, string>>,
    advice: [...parts.flatMap(({ advice = [] }) => advice), ...oldLines(periods, over)],
    files: rules === undefined ? [] : [{ ...rules, path: 'rules/loki.yaml' }],
  };
}

const PLAN = '«loki-stack to Loki» of docs/migrate.md';

/** How what is there comes along: by steps, of which the draft is one. */
function oldLines(periods: readonly Period[], over: boolean): readonly string[] {
  if (over)
    return [
      `Old lines: the draft takes them over, since the old Loki writes as the new one does. That is stage 2 of ${PLAN}: the old one stops before, and the new one has the old lines before it starts`,
    ];
  if (takesOver(periods)) return [`Old lines: what the draft cannot say of their schemas, you add by ${PLAN}`];
  return [
    `Old lines: the draft begins anew, and knows nothing of them. ${PLAN} has the steps by which they come along`,
    'For that the old Loki first writes `tsdb` and `v13`, prefix `index_`, from a day to come: stage 1 there. With that period in the values, import again: the draft then has `logs.schemaFrom` and `logs.earlierSchemas`',
  ];
}

/** How well lines are compressed, as the plan has it. */
const COMPRESSION = 5;
const DAY = 86_400;
/** Of the chart, where `persistence` says none. */
const USUAL_SIZE = '10Gi';
const ASK =
  'ask the running Loki for `sum(rate(loki_distributor_bytes_received_total[1d])) * 86400`, and write what it says';
const UNKNOWN: Part = { advice: [`How many lines there are: \`load.logs.volume\`, 1GB/day unless said; ${ASK}`] };

/** What a volume can have held is at most what was written in its retention: a guess, and from above. */
function volumeOf(persistence: SourceNode | undefined, { seconds }: Retention, files: boolean, ledger: Ledger): Part {
  const size = child(persistence, 'size');
  const bytes = quantityOf(textOf(size) ?? USUAL_SIZE);
  if (!files || seconds === undefined || bytes === undefined || bytes <= 0) return UNKNOWN;
  if (booleanOf(child(persistence, 'enabled')) !== true) return UNKNOWN;
  const perDay = (bytes * COMPRESSION) / (seconds / DAY);
  const step = 10 ** Math.floor(Math.log10(perDay));
  const load = { logs: { volume: `${formatBytes(Math.ceil(perDay / step) * step).replace(' ', '')}/day` } };
  if (whyRefused({ load }) !== undefined) return UNKNOWN;
  const says = `no more than a volume of ${textOf(size) ?? USUAL_SIZE} can have held, compressed ${COMPRESSION} times`;
  ledger.changed(
    size,
    'load.logs.volume',
    'its size follows from load and retention; the draft guesses the load by it',
  );
  return {
    spec: { load },
    comments: { 'load/logs/volume': `To be decided: ${says}` },
    advice: [`How many lines there are: \`load.logs.volume\`, which is ${says}; ${ASK}`],
  };
}

function storageClassOf(node: SourceNode | undefined, ledger: Ledger): Part {
  const storageClass = textOf(node) ?? '';
  if (node === undefined || /^-?$/.test(storageClass)) return {};
  const why = whyRefused({ kubernetes: { storageClass } });
  if (why !== undefined) {
    ledger.impossible(node, `the cluster file cannot say it: ${why}`);
    return {};
  }
  ledger.changed(node, 'kubernetes.storageClass', 'all volumes of the stack are of it');
  return { spec: { kubernetes: { storageClass } }, comments: { 'kubernetes/storageClass': placeOf(node) } };
}
