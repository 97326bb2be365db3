import type { AgentRead } from './agent.ts';

/** What a configuration of an agent does not say, and what is otherwise than before. */
export function adviceOf(read: readonly AgentRead[]): readonly string[] {
  const nodes = read.some(({ pods }) => pods);
  const machines = read.some(({ hosts }) => hosts.length > 0);
  const databases = read.some(({ sources }) => sources.length > 0);
  return [
    'Where the stack runs, and where its data lie: `kubernetes.nodes`, `kubernetes.storageClass`, `objectStorage`. The draft is one node with its own volumes',
    'How much there is, and how long it is kept: `load` and `retention`. An agent only sends; ask the stores that took it, `prometheus_tsdb_head_series` and `rate(loki_distributor_bytes_received_total[1d])`',
    ...(machines
      ? [
          'Machines run Alloy in the place of the agent, with the file that is generated for their group; label `job` of metrics of the system is the group, and was `integrations/node_exporter`',
        ]
      : []),
    ...(nodes
      ? [
          'In the cluster label `job` is `<namespace>/<workload>`, and of lines `<namespace>/<container>`: queries, alerts and dashboards that ask for others have to be changed',
        ]
      : []),
    ...(databases
      ? [
          'Sources are asked from inside the cluster, and each is let out by name or address alone: what the agent reached, the cluster has to reach',
        ]
      : []),
    ...(nodes || machines
      ? [
          `What is done by hand is done with components of Alloy, which \`alloy convert --source-format=static\` writes: ${[
            ...(nodes
              ? [
                  'in the cluster a patch below `clusters/<name>/patches/alloy` puts a whole `config.alloy` in the place of the generated one',
                ]
              : []),
            ...(machines
              ? [
                  'on a machine a file beside the generated one forwards to `prometheus.remote_write.home`, `loki.write.home` and so on',
                ]
              : []),
          ].join('; ')}`,
        ]
      : []),
  ];
}
