import { booleanOf, child, entriesOf, numberOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { DatadogContext } from '../context.ts';

/** OTLP that the agent takes: the collectors of the stack do so without being told. */
export function readOtlp(config: SourceNode | undefined, context: DatadogContext): void {
  const { ledger, where, group, machine } = context;
  if (config === undefined) return;
  const receiver = child(config, 'receiver', 'protocols');
  for (const [, protocol] of entriesOf(receiver))
    if (booleanOf(child(protocol, 'enabled')) === false) ledger.carried(protocol, 'nothing: it is off');
    else if (where === 'machine') {
      machine.otlp = true;
      machine.origin ??= protocol;
      ledger.changed(
        protocol,
        `ingest.hosts[${group}].otlp`,
        'applications of the machine send to its loopback, at 4317 and 4318',
      );
    } else
      ledger.changed(
        protocol,
        'alloy-gateway',
        'applications send to `alloy-gateway.monitoring.svc.cluster.local`, at 4317 and 4318',
      );
  judge(
    config,
    [
      [
        changedTo('alloy-gateway', 'metrics, lines and spans are all taken'),
        ['metrics/enabled', 'traces/enabled', 'logs/enabled'],
      ],
      [
        impossible('metrics are stored as they are sent: let applications say what they want to be stored'),
        [
          'metrics/resource_attributes_as_tags',
          'metrics/tag_cardinality',
          'metrics/delta_ttl',
          'metrics/histograms',
          'metrics/sums',
          'metrics/summaries',
          'metrics/tags',
          'metrics/instrumentation_scope_metadata_as_tags',
        ],
      ],
      [
        changedTo('alloy-gateway', 'it listens at ports of its own'),
        ['traces/internal_port', 'traces/span_name_as_resource_name', 'traces/span_name_remappings'],
      ],
    ],
    ledger,
  );
  sampledBy(child(config, 'traces', 'probabilistic_sampler'), context);
}

/** Traces that are kept at random, in percent. */
export function sampledBy(sampler: SourceNode | undefined, { ledger, sampled }: DatadogContext): void {
  if (sampler === undefined) return;
  const enabled = child(sampler, 'enabled');
  const said = child(sampler, 'sampling_percentage');
  const percent = numberOf(said);
  ledger.changed(child(sampler, 'hash_seed'), 'alloy-gateway', 'traces are chosen by their id, alike in every replica');
  if (booleanOf(enabled) === false || percent === undefined || percent < 0 || percent > 100) return;
  ledger.carried(enabled, 'traces.sampling.head');
  ledger.carried(said, 'traces.sampling.head');
  sampled.percent ??= percent;
}
