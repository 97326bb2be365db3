/** What a configuration of Promtail does not say, and what is otherwise than before. */
export function adviceOf(nodes: boolean, machines: boolean): readonly string[] {
  return [
    'Where the stack runs, and where its data lie: `kubernetes.nodes`, `kubernetes.storageClass`, `objectStorage`. The draft is one node with its own volumes',
    'How many lines there are: `load.logs.volume`, 1GB/day unless said. Ask the running Loki for `sum(rate(loki_distributor_bytes_received_total[1d])) * 86400`, and write what it says',
    'How long lines are kept: `retention.logs`, 14d unless said. Promtail does not say it, Loki does',
    ...(nodes
      ? [
          'Queries, alerts and dashboards that ask for labels which lines have no more: in the cluster they have `cluster`, `namespace`, `container`, `job` and `service_name`; `pod` and `stream` are structured metadata',
        ]
      : []),
    ...(machines
      ? [
          'Machines run Alloy in the place of Promtail, with the file that is generated for their group. It also sends metrics of the machine, about 1,000 series each',
        ]
      : []),
    ...(nodes || machines ? [byHand(nodes, machines)] : []),
  ];
}

function byHand(nodes: boolean, machines: boolean): string {
  const places = [
    ...(nodes
      ? [
          'in the cluster a patch below `clusters/<name>/patches/alloy` puts a whole `config.alloy` in the place of the generated one',
        ]
      : []),
    ...(machines
      ? [
          'on a machine a file beside the generated one reads these lines itself, and forwards them to `loki.write.home.receiver`',
        ]
      : []),
  ];
  return `What is done by hand is done with components of Alloy, which \`alloy convert --source-format=promtail\` writes: ${places.join('; ')}`;
}
