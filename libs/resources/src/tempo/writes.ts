import { fqdn } from '../addresses.ts';
import { RELOAD, TLS_FILES } from '../tls.ts';
import { isDistributed, ports, type Inputs, type TempoSection } from './section.ts';

const TOPIC = 'tempo-ingest';
const KAFKA_PORT = 9092;

/** From the receivers to Kafka and out of it again. In one process there is no Kafka: spans are handed on in memory. */
export function writes(
  inputs: Inputs,
): TempoSection<'distributor' | 'ingest' | 'block_builder' | 'live_store' | 'memberlist'> {
  const { plan, tempo } = inputs;
  const tls =
    plan.tls === undefined
      ? {}
      : { tls: { cert_file: TLS_FILES.cert, key_file: TLS_FILES.key, reload_interval: RELOAD } };
  const distributor = {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `0.0.0.0:${String(ports.otlpGrpc)}`, ...tls },
          http: { endpoint: `0.0.0.0:${String(ports.otlpHttp)}`, ...tls },
        },
      },
    },
  };
  const memberlist = { cluster_label: `${plan.cluster}-tempo` };
  const comments = {
    'distributor/receivers/otlp/protocols': 'By default the receivers listen on localhost only',
    'memberlist/cluster_label':
      'Pods of another ring that get an address of this one are refused by this label; it is different in every ring',
  };
  if (!isDistributed(inputs)) return { value: { distributor, memberlist }, comments };

  return {
    value: {
      distributor,
      ingest: {
        kafka: {
          address: `${fqdn(plan, 'kafka')}:${String(KAFKA_PORT)}`,
          topic: TOPIC,
          auto_create_topic_enabled: false,
        },
      },
      block_builder: { partitions_per_instance: partitionsPerBuilder(inputs) },
      live_store: {
        ...(tempo.zoneAware && { ring: { instance_zone: '${ZONE}' } }),
        readiness_target_lag: '30s',
        readiness_max_wait: '2m',
      },
      memberlist: {
        ...memberlist,
        join_members: [`dns+${fqdn(plan, 'tempo-memberlist')}:${String(ports.memberlist)}`],
      },
    },
    comments: {
      ...comments,
      'ingest/kafka/auto_create_topic_enabled':
        'Tempo would set num.partitions of the whole Kafka; the job kafka-topics makes the topic',
      'block_builder/partitions_per_instance': `${String(partitionsOf(inputs))} partitions over ${String(buildersOf(inputs))} block-builders, rounded up; the default, 0, does not start`,
      ...(tempo.zoneAware && {
        'live_store/ring/instance_zone': 'One owner of each partition in each zone; the base sets the variable',
      }),
      'live_store/readiness_target_lag': 'The next zone restarts only when this one answers for the present again',
      'live_store/readiness_max_wait':
        'Without traffic there is no lag to measure; a new cluster should not wait half an hour in each zone',
    },
  };
}

function partitionsOf({ plan, tempo }: Inputs): number {
  if (tempo.kafkaPartitions === undefined) {
    throw new Error(`cluster '${plan.cluster}': distributed Tempo without a number of Kafka partitions`);
  }
  return tempo.kafkaPartitions;
}

function buildersOf({ plan }: Inputs): number {
  const workloads = plan.components.flatMap((component) => component.workloads);
  const builder = workloads.find(({ component, role }) => component === 'tempo' && role === 'block-builder');
  if (builder === undefined || builder.replicas < 1) {
    throw new Error(`cluster '${plan.cluster}': distributed Tempo without block-builders`);
  }
  return builder.replicas;
}

/**
 * Every partition needs a block-builder, or its spans never reach a block. Rounding up is safe: a
 * block-builder leaves out the partitions that are not in the ring (`getAssignedPartitions` in
 * modules/blockbuilder/blockbuilder.go, v3.0.3).
 */
function partitionsPerBuilder(inputs: Inputs): number {
  return Math.ceil(partitionsOf(inputs) / buildersOf(inputs));
}
