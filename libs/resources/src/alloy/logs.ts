import type { Plan } from '@lgtm-fleet/plan';
import { component } from '../alloy-syntax/component.ts';
import { reference } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { logFiles } from './discovery.ts';
import { REFUSED } from '../gateway/refusals.ts';
import { namespaceRule, routes, takes, type Route } from './routes.ts';
import { gatewayOf, signIn } from './sign-in.ts';

/** Loki refuses longer lines (limits_config.max_line_size), so the rest is not worth the memory. */
const longestLine = 256 * 1024;

/** One pipeline a tenant: where one is over its limit, only its own files wait. */
export function collectLogs(plan: Plan): readonly Block[] {
  return [logFiles(), ...routes(plan).flatMap((route) => pipeline(plan, route))];
}

/** The labels are the counter's alone: on the lines they would make a stream of each user and status. */
const countRefusals = {
  selector: `{job="observability/gateway"} |~ \`${REFUSED}\``,
  'stage.json': { expressions: { user: '', status: '' } },
  'stage.labels': { values: { user: '', status: '' } },
  'stage.metrics': {
    'metric.counter': {
      name: 'refused_requests_total',
      prefix: 'gateway_',
      description: 'Requests that the gateway answered with an error by itself.',
      match_all: true,
      action: 'inc',
      max_idle_duration: '24h',
    },
  },
  'stage.label_drop': { values: ['user', 'status'] },
} as const;

function pipeline(plan: Plan, route: Route): readonly Block[] {
  const { label } = route;
  const counting = plan.role === 'hub' && takes(route, 'observability');
  const rule = namespaceRule(route);
  const share =
    rule === undefined
      ? []
      : [
          component('discovery.relabel', `logs_${label}`, {
            targets: reference('discovery.relabel.logs.output'),
            rule,
          }),
        ];
  return [
    ...share,
    component(
      'loki.source.file',
      label,
      {
        targets: reference(
          rule === undefined ? 'discovery.relabel.logs.output' : `discovery.relabel.logs_${label}.output`,
        ),
        forward_to: [reference(`loki.process.${label}.receiver`)],
        file_match: { enabled: true },
      },
      { comment: `Logs of tenant ${route.tenant}` },
    ),
    component(
      'loki.process',
      label,
      {
        forward_to: [reference(`loki.write.${label}.receiver`)],
        'stage.cri': { max_partial_line_size: longestLine, max_partial_line_size_truncate: true },
        'stage.structured_metadata': { values: { pod: '', stream: '' } },
        'stage.label_drop': { values: ['filename'] },
        ...(counting && { 'stage.match': countRefusals }),
      },
      {
        comments: {
          ...(counting && {
            'stage.match':
              'Requests that the gateway refused: gateway_refused_requests_total, by user and status, among the metrics of\nthis Alloy. Users are those of the spec; who is none of them has an empty one.',
          }),
          'stage.cri':
            'Joins the parts of a long line, which it tells apart by the file and the pod: those go only afterwards',
          'stage.structured_metadata':
            'A pod and its stream say much about a line but would make a stream in Loki of every pod there ever was',
        },
      },
    ),
    component(
      'loki.write',
      label,
      {
        external_labels: { cluster: plan.collection.clusterLabel },
        endpoint: {
          name: route.tenant,
          url: `${gatewayOf(plan, route)}/loki/api/v1/push`,
          max_backoff_period: '30s',
          max_backoff_retries: 0,
          ...signIn(plan, route),
        },
      },
      {
        comments: {
          'endpoint/max_backoff_retries':
            'For ever: while a batch waits, the files are read no further, and so they are the queue. After the\ndefault of ten retries a batch would be dropped.',
        },
      },
    ),
  ];
}
