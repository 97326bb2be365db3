import type { YamlMap } from '../../core/draft.ts';
import { child, entriesOf, isMap, itemsOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../../core/verdicts.ts';
import { readDestination, tenantHeader } from '../../logs/destination.ts';
import type { AgentContext } from './context.ts';
import { readSampling } from './sampling.ts';

type Verdicts = readonly (readonly [verdict: Verdict, keys: readonly string[]])[];

export interface Traces {
  /** Whether applications of the machine send OTLP. */
  readonly otlp: boolean;
  /** `traces.sampling`. */
  readonly sampling: YamlMap | undefined;
  readonly host: string | undefined;
}

const GENERATED = changedTo('Tempo', 'it makes metrics of spans by itself, of services and of the calls between them');

const EVERYWHERE: Verdicts = [
  [changedTo('the collector', 'Alloy decides how many spans go at once'), ['batch']],
  [changedTo('nothing', 'there is one pipeline for all spans'), ['name']],
  [
    impossible('attributes are those of the sender, and `cluster`; else by hand, with `otelcol.processor.attributes`'),
    ['attributes'],
  ],
  [GENERATED, ['spanmetrics', 'service_graphs']],
  [
    impossible('which attributes become labels follows from the contract of labels, and from nothing else'),
    ['spanmetrics/dimensions', 'spanmetrics/const_labels'],
  ],
  [
    impossible('no line is written of a span: TraceQL finds it; else by hand, with `otelcol.connector.spanlogs`'),
    ['automatic_logging'],
  ],
  [impossible('no sampler is told from here how much to send: say `traces.sampling.head`'), ['jaeger_remote_sampling']],
];

const NODES: Verdicts = [
  [
    changedTo('alloy-gateway', 'it knows the pod of a span by the address of the sender'),
    ['scrape_configs', 'prom_sd_operation_type', 'prom_sd_pod_associations'],
  ],
  [changedTo('alloy-gateway', 'its pods share spans by their trace'), ['load_balancing']],
];

const MACHINE: Verdicts = [
  [
    impossible('spans of a machine have its name, `host.name`, and what the application says'),
    ['scrape_configs', 'prom_sd_operation_type', 'prom_sd_pod_associations'],
  ],
  [impossible('a machine sends what it takes, and nothing for others'), ['load_balancing']],
];

/** Configurations of traces. */
export function readTraces(configs: readonly SourceNode[], context: AgentContext): Traces {
  const read = configs.filter(isMap).map((config) => readTrace(config, context));
  const samplings = read.flatMap(({ sampling }) => (sampling === undefined ? [] : [sampling]));
  return {
    otlp: read.some(({ otlp }) => otlp),
    sampling: samplings[0],
    host: read.find(({ host }) => host !== undefined)?.host,
  };
}

function readTrace(config: SourceNode, context: AgentContext): Traces {
  const { ledger, place } = context;
  judge(config, EVERYWHERE, ledger);
  judge(config, place === 'nodes' ? NODES : MACHINE, ledger);
  const otlp = readReceivers(child(config, 'receivers'), context);
  // Before there could be several, there was one.
  const single = child(config, 'push_config');
  const [first, ...others] = [...itemsOf(child(config, 'remote_write')), ...(single === undefined ? [] : [single])];
  for (const other of others)
    ledger.impossible(
      other,
      'spans go to this stack alone. Until nobody needs the others, let the old collector run beside',
    );
  const host = first === undefined ? undefined : readDestination(first, context);
  for (const key of ['sending_queue', 'retry_on_failure'])
    ledger.changed(child(first, key), 'the collector', 'it keeps in memory what it cannot send, and then refuses');
  return { otlp, sampling: readSampling(child(config, 'tail_sampling'), context), host };
}

/** The tenants as whom spans are written. */
export function traceTenants(configs: readonly SourceNode[]): readonly (SourceNode | undefined)[] {
  return configs.map((config) => tenantHeader(child(config, 'remote_write', 0)));
}

const OTHERS = 'OTLP alone is taken: let applications send it, which every SDK of OpenTelemetry does';

/** Protocols by which spans come in; whether OTLP is one of them. */
function readReceivers(receivers: SourceNode | undefined, { ledger, place, group }: AgentContext): boolean {
  let otlp = false;
  for (const [name, node] of entriesOf(receivers)) {
    const [kind = ''] = name.split('/');
    if (kind === 'otlp') {
      otlp = true;
      if (place === 'machine')
        ledger.changed(
          node,
          `ingest.hosts[${group}].otlp`,
          'applications of the machine send to 127.0.0.1, 4317 by gRPC or 4318 by HTTP',
        );
      else
        ledger.changed(
          node,
          'alloy-gateway',
          'applications send to `alloy-gateway.monitoring`, 4317 by gRPC or 4318 by HTTP',
        );
    } else if (['jaeger', 'zipkin', 'opencensus', 'kafka'].includes(kind))
      ledger.impossible(node, `${OTHERS}; else by hand, with \`otelcol.receiver.${kind}\``);
  }
  return otlp;
}
