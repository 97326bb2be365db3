import type { Plan, Workload } from '@lgtm-fleet/plan';
import { component } from '../alloy-syntax/component.ts';
import { reference } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { routes, type Route } from '../alloy/routes.ts';
import { gatewayOf, otlpSignIn } from '../alloy/sign-in.ts';

const mebibyte = 1024 * 1024;

/** Part of the memory limit that may wait in the queues of all tenants together. */
const queuedPart = 0.25;

/** Where telemetry enters a tenant's own part. */
export function inputOf(route: Route, plan: Plan): string {
  const parted = routes(plan).length > 1;
  return parted ? `otelcol.processor.filter.${route.label}.input` : `otelcol.processor.batch.${route.label}.input`;
}

/** Drops what is not this tenant's; nothing where the route takes all there is. */
export function filterOf(route: Route): readonly Block[] {
  if (route.takes === 'all-but' && route.namespaces.length === 0) return [];
  const mine = route.namespaces.map(
    (namespace) => `resource.attributes["k8s.namespace.name"] == ${JSON.stringify(namespace)}`,
  );
  const dropped = {
    context: 'resource',
    conditions: route.takes === 'all-but' ? mine : [`not (${mine.join(' or ')})`],
  };
  const next = [reference(`otelcol.processor.batch.${route.label}.input`)];
  return [
    component(
      'otelcol.processor.filter',
      route.label,
      {
        trace_conditions: dropped,
        metric_conditions: dropped,
        log_conditions: dropped,
        output: { metrics: next, logs: next, traces: next },
      },
      {
        comment:
          route.takes === 'all-but'
            ? `Tenant ${route.tenant} takes what no other tenant claims: the conditions are what is dropped`
            : `Tenant ${route.tenant}: the conditions are what is dropped`,
      },
    ),
  ];
}

/** Batches and sends one tenant's telemetry as that tenant. */
export function exportTo(route: Route, plan: Plan, workload: Workload | undefined): readonly Block[] {
  const { label } = route;
  const auth = otlpSignIn(plan, route);
  const next = [reference(`otelcol.exporter.otlphttp.${label}.input`)];
  const queue = ((workload?.limits.memoryBytes ?? 512 * mebibyte) * queuedPart) / routes(plan).length / 3;
  return [
    component('otelcol.processor.batch', label, {
      timeout: '1s',
      send_batch_size: 2000,
      send_batch_max_size: 4000,
      output: { metrics: next, logs: next, traces: next },
    }),
    ...auth.blocks,
    component(
      'otelcol.exporter.otlphttp',
      label,
      {
        client: {
          endpoint: `${gatewayOf(plan, route)}/otlp`,
          ...auth.client,
        },
        sending_queue: { sizer: 'bytes', queue_size: Math.max(1, Math.floor(queue / mebibyte)) * mebibyte },
      },
      {
        comments: {
          sending_queue:
            "In bytes, for each signal: together the queues take a quarter of the container's memory limit. The default\nof a thousand batches could be gigabytes.",
        },
      },
    ),
  ];
}
