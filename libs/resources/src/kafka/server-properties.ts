import type { KafkaPlan } from '@lgtm-fleet/plan';

/** Both Mimir and Tempo write records up to 15,983,616 bytes, in batches of at most 16,000,000. */
const SMALLEST_MESSAGE_LIMIT = 16_000_000;

export interface Addresses {
  /** `kafka.observability.svc.cluster.local`: the headless Service over all brokers. */
  readonly service: string;
  readonly clientPort: number;
  readonly controllerPort: number;
}

type Line = readonly [key: string, value: string | number | boolean];

interface Section {
  readonly why: string;
  readonly lines: readonly Line[];
}

/**
 * Configuration of every broker (Apache Kafka 4.1, KRaft). The two values that differ between
 * brokers come from the environment: NODE_ID and POD_NAME.
 */
export function serverProperties(plan: KafkaPlan, { service, clientPort, controllerPort }: Addresses): string {
  const ordinals = Array.from({ length: plan.brokers }, (_, ordinal) => ordinal);
  const messageLimit = Math.max(SMALLEST_MESSAGE_LIMIT, ...plan.topics.map((topic) => topic.maxMessageBytes));
  const sections: readonly Section[] = [
    {
      why: 'What differs between brokers is read from these two variables of the pod',
      lines: [
        ['config.providers', 'env'],
        ['config.providers.env.class', 'org.apache.kafka.common.config.provider.EnvVarConfigProvider'],
        ['config.providers.env.param.allowlist.pattern', 'NODE_ID|POD_NAME'],
      ],
    },
    {
      why: 'Every node is broker and controller; its id is the ordinal of its pod',
      lines: [
        ['process.roles', 'broker,controller'],
        ['node.id', '${env:NODE_ID}'],
        [
          'controller.quorum.voters',
          ordinals
            .map((ordinal) => `${String(ordinal)}@kafka-${String(ordinal)}.${service}:${String(controllerPort)}`)
            .join(','),
        ],
      ],
    },
    {
      why: 'Clients and brokers meet on one listener, controllers on the other. Nobody else reaches either: see the network policies.',
      lines: [
        ['listeners', `CLIENTS://:${String(clientPort)},CONTROLLER://:${String(controllerPort)}`],
        [
          'advertised.listeners',
          `CLIENTS://\${env:POD_NAME}.${service}:${String(clientPort)},CONTROLLER://\${env:POD_NAME}.${service}:${String(controllerPort)}`,
        ],
        ['listener.security.protocol.map', 'CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT'],
        ['inter.broker.listener.name', 'CLIENTS'],
        ['controller.listener.names', 'CONTROLLER'],
      ],
    },
    {
      why: 'Below the mount point, where a file system may keep a lost+found that Kafka would take for a partition',
      lines: [['log.dirs', '/var/kafka/data']],
    },
    {
      why: 'Topics come from the job kafka-topics; a misspelt name must fail and not become a topic',
      lines: [['auto.create.topics.enable', false]],
    },
    {
      why: `${String(plan.brokers)} broker(s): copies of each partition, and how many must have a record before its writer is told so`,
      lines: [
        ['default.replication.factor', plan.replicationFactor],
        ['min.insync.replicas', plan.minInSyncReplicas],
        ['offsets.topic.replication.factor', plan.replicationFactor],
        ['transaction.state.log.replication.factor', plan.replicationFactor],
        ['transaction.state.log.min.isr', plan.minInSyncReplicas],
        ['share.coordinator.state.topic.replication.factor', plan.replicationFactor],
        ['share.coordinator.state.topic.min.isr', plan.minInSyncReplicas],
      ],
    },
    {
      why: 'The largest record that the stores write; replicas must be able to fetch what writers may send',
      lines: [
        ['message.max.bytes', messageLimit],
        ['replica.fetch.max.bytes', messageLimit],
      ],
    },
    {
      why: 'Only whole segments are deleted, so small ones keep a partition close to the retention of its topic',
      lines: [['log.segment.bytes', 256 * 1024 * 1024]],
    },
  ];
  return (
    sections
      .map(({ why, lines }) => [`# ${why}`, ...lines.map(([key, value]) => `${key}=${String(value)}`), ''].join('\n'))
      .join('\n')
      .trimEnd() + '\n'
  );
}
