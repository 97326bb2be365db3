import type { Finding, RuleMeta } from '@lgtm-fleet/lint';
import type { FindingContext } from './context.ts';

const CLUSTER = `spec:
  retention:
    logs: 3d
  tenants:
    - name: payments
`;
const STATEFUL_SET = `apiVersion: apps/v1
kind: StatefulSet
spec:
  template:
    spec:
      containers:
        - name: loki
          ports:
            - { name: grpc, containerPort: 9096 } # 😀
`;
const RULES = `groups:
  - rules:
      - alert: Hostile
        expr: rate(up{job="a|b"}[10s]) # <b>@team</b> ::error::no
`;
export const sources: ReadonlyMap<string, string> = new Map([
  ['clusters/prod-eu/cluster.yaml', CLUSTER],
  ['base/loki/stateful-set.yaml', STATEFUL_SET],
  ['base/mimir/rules, a:b.yaml', RULES],
]);

const rules: readonly RuleMeta[] = [
  {
    id: 'grpc-port-without-service',
    family: 'network',
    severity: 'error',
    description: 'A port for gRPC that no Service has.',
    why: 'The ring hands out addresses that nobody can reach, and queries end after a minute.',
    source: 'https://grafana.com/docs/loki/latest/',
  },
  {
    id: 'no-short-rate-window',
    family: 'queries',
    severity: 'warning',
    description: 'A rate over fewer than four scrapes.',
    why: 'One late scrape makes a gap in the graph.',
  },
  {
    id: 'shortened-retention',
    family: 'storage',
    severity: 'error',
    description: 'A retention that became shorter.',
    why: 'The compactor deletes what is older within hours.',
    source: 'an incident of 2023',
  },
  {
    id: 'tenant-without-limits',
    family: 'tenancy',
    severity: 'info',
    description: 'A tenant that has no limits of its own.',
    why: 'It gets the defaults.',
  },
  {
    id: 'two-compactors',
    family: 'rings',
    severity: 'error',
    description: 'Two compactors over one bucket.',
    why: 'They delete blocks that the other has just written.',
  },
];

export const context: FindingContext = {
  rules,
  sourceOf: (file) => sources.get(file),
  toolVersion: '1.2.3',
  docsUrl: (id) => `docs/rules/${id}.md`,
};

/** One list that has every field, every severity, a fault of two clusters, a file without text, and text that means harm. */
export const findings: readonly Finding[] = [
  {
    rule: 'tenant-without-limits',
    severity: 'info',
    message: 'the tenant `payments` has no limits of its own',
    file: 'clusters/prod-eu/cluster.yaml',
    span: spanOf(CLUSTER, 'payments'),
    clusters: ['prod-eu'],
  },
  {
    rule: 'grpc-port-without-service',
    severity: 'error',
    message: 'no Service has the port `9096` of `loki`',
    help: 'give the container port `9095`',
    label: 'the Service `loki` has 9095',
    file: 'base/loki/stateful-set.yaml',
    span: spanOf(STATEFUL_SET, '9096'),
    object: 'StatefulSet observability/loki',
    clusters: ['prod-eu', 'prod-us'],
    fix: {
      safe: true,
      edits: [{ file: 'base/loki/stateful-set.yaml', span: spanOf(STATEFUL_SET, '9096'), text: '9095' }],
    },
  },
  {
    rule: 'shortened-retention',
    severity: 'error',
    message: 'the retention of logs falls from `30d` to `3d`',
    help: 'approve the loss in the pull request, or keep `30d`',
    file: 'clusters/prod-eu/cluster.yaml',
    span: spanOf(CLUSTER, '3d'),
    clusters: ['prod-eu'],
    fix: {
      safe: false,
      edits: [
        { file: 'clusters/prod-eu/cluster.yaml', span: spanOf(CLUSTER, '3d'), text: '30d' },
        { file: 'clusters/prod-eu/notes.txt', span: { start: 0, end: 0 }, text: 'kept\n' },
      ],
    },
  },
  {
    rule: 'no-short-rate-window',
    severity: 'warning',
    message: '`rate(up{job="a|b"}[10s])` <img src=x> @team [look](https://evil.example) #1 {0}\n::error::no',
    help: 'use `[2m]`, or\u202e `$__rate_interval` | 100 %',
    label: '</details> ``` & "four" scrapes',
    file: 'base/mimir/rules, a:b.yaml',
    span: spanOf(RULES, 'rate(up{job="a|b"}[10s]) # <b>@team</b> ::error::no'),
    object: 'ConfigMap observability/`rules`',
    clusters: ['prod-us'],
  },
  {
    rule: 'no-short-rate-window',
    severity: 'warning',
    message: 'the whole file has no window of four scrapes',
    file: 'base/mimir/rules, a:b.yaml',
    clusters: ['prod-us'],
  },
  {
    rule: 'no-short-rate-window',
    severity: 'warning',
    message: 'the group of `rules` is short',
    file: 'base/mimir/rules, a:b.yaml',
    // Over three lines.
    span: spanOf(RULES, RULES.slice(RULES.indexOf('- rules'), RULES.indexOf('expr'))),
    clusters: [],
  },
  {
    rule: 'internal-error',
    severity: 'error',
    message: 'the rule `two-compactors` failed',
    file: 'overlays/prod-eu/loki',
    span: { start: 3, end: 5 },
    clusters: ['prod-eu'],
  },
];

function spanOf(source: string, text: string): { readonly start: number; readonly end: number } {
  const start = source.indexOf(text);
  if (start === -1) throw new Error(`no ${text} in the source`);
  return { start, end: start + text.length };
}
