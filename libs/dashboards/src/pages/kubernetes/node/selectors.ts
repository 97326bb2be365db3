/** Series of node-exporter on the chosen nodes, whose instance is the node. */
export const OF = 'cluster="$cluster", job="monitoring/node-exporter", instance=~"$node"';
