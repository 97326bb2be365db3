import type { YamlValue } from '@lgtm-fleet/yaml';
import { fqdn } from '../addresses.ts';
import type { Emit, KubernetesObject, PatchFile } from '../types.ts';
import { kafkaClusterId } from './cluster-id.ts';
import { serverProperties, type Addresses } from './server-properties.ts';
import { topicsTable } from './topics.ts';

const NAME = 'kafka';
const PORTS = { clientPort: 9092, controllerPort: 9093 };

/**
 * Kafka's own files and what its base leaves open: the id its storage is formatted with, and the
 * address that the job for the topics dials.
 *
 * @throws Error when the plan has no Kafka.
 */
export const kafka: Emit = (plan, component) => {
  if (plan.kafka === undefined)
    throw new Error(`cluster '${plan.cluster}': component 'kafka' without a plan for Kafka`);
  const service = fqdn(plan, NAME, component.namespace);
  const addresses: Addresses = { service, ...PORTS };
  return {
    configFiles: [
      {
        name: 'server.properties',
        configMap: 'kafka-config',
        hashed: true,
        form: 'text',
        text: serverProperties(plan.kafka, addresses),
        comment: '#',
      },
      {
        name: 'log4j2.yaml',
        configMap: 'kafka-config',
        hashed: true,
        form: 'yaml',
        value: LOGGING,
        comments: { 'Configuration/Appenders': 'Standard output alone: the root file system is read-only' },
      },
      // On its own, so that a new topic does not restart the brokers.
      {
        name: 'topics.txt',
        configMap: 'kafka-topics',
        hashed: true,
        form: 'text',
        text: topicsTable(plan.kafka),
        comment: '#',
      },
    ],
    objectFiles: [],
    patchFiles: [
      clusterId(kafkaClusterId(plan.cluster), plan.cluster),
      bootstrapServer(`${service}:${String(PORTS.clientPort)}`),
    ],
  };
};

const LOGGING: YamlValue = {
  Configuration: {
    status: 'warn',
    Appenders: { Console: { name: 'stdout', PatternLayout: { pattern: '%d{ISO8601} %p %c{1} %m%n' } } },
    Loggers: { Root: { level: 'info', AppenderRef: [{ ref: 'stdout' }] } },
  },
};

function clusterId(id: string, cluster: string): PatchFile {
  const template = { initContainers: [{ name: 'format', env: [{ name: 'CLUSTER_ID', value: id }] }] };
  return {
    name: 'cluster-id.yaml',
    why: `Storage is formatted once, with the id that belongs to the name '${cluster}'; a volume of another cluster is refused.`,
    patches: [patch('apps/v1', 'StatefulSet', NAME, { template: { spec: template } })],
  };
}

function bootstrapServer(address: string): PatchFile {
  const template = { containers: [{ name: 'topics', env: [{ name: 'BOOTSTRAP_SERVER', value: address }] }] };
  return {
    name: 'bootstrap-server.yaml',
    why: 'The full name of the Service, which holds the domain of this cluster.',
    patches: [patch('batch/v1', 'Job', `${NAME}-topics`, { template: { spec: template } })],
  };
}

function patch(apiVersion: string, kind: string, name: string, spec: YamlValue): KubernetesObject {
  return { apiVersion, kind, metadata: { name }, spec };
}
