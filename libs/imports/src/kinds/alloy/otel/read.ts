import { child, entriesOf } from '../../../core/look.ts';
import { changedTo, judge } from '../../../core/verdicts.ts';
import type { AlloyContext } from '../context.ts';
import type { Machine } from '../machine.ts';
import type { Component } from '../modules/scope.ts';
import { allBlocks, blocksOf, type BlockNode } from '../syntax/nodes.ts';
import { VERDICTS } from './verdicts.ts';

/** Says of everything that is about OTLP what becomes of it; samplers are read by themselves. */
export function readOtel(machine: Machine, context: AlloyContext): void {
  const { ledger } = context;
  for (const component of context.components) {
    const { name, node } = component;
    const verdict = VERDICTS.get(name);
    if (verdict?.outcome === 'changed') ledger.changed(node, placeOf(verdict.to, machine, context), verdict.how);
    else if (verdict !== undefined) ledger.impossible(node, verdict.why);
    else if (name === 'otelcol.receiver.otlp') receiver(component, machine, context);
    else if (name === 'otelcol.processor.k8sattributes') pods(node, context);
    else if (name === 'otelcol.exporter.otlp' || name === 'otelcol.exporter.otlphttp') exporter(node, context);
  }
}

/** On machines their own collector does what `alloy-gateway` does in a cluster. */
function placeOf(to: string, machine: Machine, { where, group }: AlloyContext): string {
  return where === 'machine' && machine.origin !== undefined && to === 'alloy-gateway'
    ? `ingest.hosts[${group}].otlp`
    : to;
}

const ADDRESS =
  'applications send to `alloy-gateway.monitoring.svc.cluster.local`, at 4317 and 4318; those outside to the gateway, as one of `ingest.senders` with `protocols: [otlp]`';

function receiver({ node }: Component, machine: Machine, { ledger, where, group }: AlloyContext): void {
  const ofMachine = where === 'machine' && machine.origin !== undefined;
  if (ofMachine) {
    machine.otlp = true;
    ledger.changed(
      node,
      `ingest.hosts[${group}].otlp`,
      'applications of the machine send to its loopback, at 4317 and 4318',
    );
  } else ledger.changed(node, 'alloy-gateway', ADDRESS);
  for (const protocol of [...blocksOf(node, 'grpc'), ...blocksOf(node, 'http')]) {
    for (const block of blocksOf(protocol, 'tls'))
      ledger.impossible(
        block,
        'OTLP of applications is taken without TLS, in the cluster and on loopback; from outside, the gateway has it',
      );
    ledger.impossible(
      child(protocol, 'auth'),
      'whoever reaches the collector may send; from outside, senders sign in at the gateway',
    );
    for (const block of blocksOf(protocol, 'cors'))
      ledger.impossible(block, 'browsers do not send here: let what serves them pass it on');
  }
}

function pods(node: BlockNode, { ledger }: AlloyContext): void {
  ledger.changed(
    node,
    'alloy-gateway',
    'it learns from the address of a connection which pod sends, and says its namespace, workload and node',
  );
  for (const block of [
    ...blocksOf(node, 'extract').flatMap(allBlocks),
    ...blocksOf(node, 'filter'),
    ...blocksOf(node, 'exclude'),
  ])
    ledger.impossible(
      block,
      'labels and annotations of pods are no attributes: let applications say them (`OTEL_RESOURCE_ATTRIBUTES`), or by annotation `resource.opentelemetry.io/…`',
    );
}

const PUSHED = {
  nodes: {
    to: 'the gateway of the stack',
    how: 'what is sent goes to the gateway of this stack, signed in as its tenant',
  },
  machine: {
    to: 'exposure.ingest',
    how: 'what is sent goes to the host name of `exposure.ingest`, signed in as a writer',
  },
} as const;
const OPTIONS = [
  ...['timeout', 'encoding', 'traces_endpoint', 'metrics_endpoint', 'logs_endpoint'],
  ...['sending_queue', 'retry_on_failure', 'debug_metrics'],
];

function exporter(node: BlockNode, { ledger, where }: AlloyContext): void {
  const { to, how } = PUSHED[where];
  judge(node, [[changedTo(to, how), OPTIONS]], ledger);
  for (const client of blocksOf(node, 'client')) {
    ledger.changed(client, to, how);
    for (const [header, value] of entriesOf(child(client, 'headers')))
      if (header.toLowerCase() !== 'x-scope-orgid')
        ledger.impossible(value, 'no header of your own is sent: the gateway decides by who signs in');
  }
}
