import type { Component } from './modules/scope.ts';

/** What no configuration of Alloy says. */
export function adviceOf(components: readonly Component[], hasHosts: boolean): readonly string[] {
  const has = (pattern: RegExp): boolean => components.some(({ name }) => pattern.test(name));
  return [
    'Where the stack runs, and where its data lie: `kubernetes.nodes`, `kubernetes.storageClass`, `objectStorage`, `retention`. A collector does not say it; the draft is one node with its own volumes',
    ...(has(/^prometheus\.scrape$/)
      ? [
          'How many series there are: `load.metrics.activeSeries` is an estimate by the number of targets. Where the series go now, ask for `count({__name__=~".+"})` or `prometheus_tsdb_head_series`, and write what it says',
          'A scrape with more than 40 labels on a series, a name of more than 256 or a value of more than 2048 characters is refused, unless `limits` of the source say otherwise',
        ]
      : []),
    ...(has(/^loki\./)
      ? [
          'How many lines come: `load.logs.volume`. Where they go now, ask for `sum(rate(loki_distributor_bytes_received_total[1d]))`',
        ]
      : []),
    ...(has(/^otelcol\./)
      ? ['How much is sent as OTLP: `load.traces.throughput`, and series and lines of applications in `load`, too']
      : []),
    'While both run, everything is asked and read twice, and each writes to its own store: take the old Alloy away when this stack has been looked at',
    ...(hasHosts
      ? [
          'Machines are set up by the files of their group, which `npx nx run tools:generate-overlay` writes: the old Alloy goes when the new one runs, for both would listen at the same port',
        ]
      : []),
  ];
}
