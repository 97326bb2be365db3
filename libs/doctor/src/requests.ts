import type { Plan } from '@lgtm-fleet/plan';
import { gatewayRoutes, type Route } from '@lgtm-fleet/resources';
import { subject, type Subject } from './subjects.ts';

/** A request by one of the gateway's routes that changes nothing. */
export interface HarmlessRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly upstream: Subject;
  readonly signal: 'metrics' | 'logs' | 'traces';
  readonly why: string;
}

/** One for each route of the plan: reads that ask for nothing, and pushes with nothing in them. */
export function harmlessRequests(plan: Plan): readonly HarmlessRequest[] {
  if (plan.gateway === undefined) return [];
  return gatewayRoutes(plan).map((route) => ({
    ...(route.traffic === 'push'
      ? { method: 'POST' as const, body: EMPTY[exactPath(route)] ?? '' }
      : { method: 'GET' as const }),
    path: 'exact' in route.match ? route.match.exact : pathOfShape(route.match.shape),
    upstream: upstreamOf(plan, route),
    signal: route.signal,
    why: route.why,
  }));
}

/** Pushes of nothing, each in its own form; remote write has none that is not refused, and refused is answered. */
const EMPTY: Readonly<Record<string, string>> = {
  '/loki/api/v1/push': '{"streams":[]}',
  '/otlp/v1/logs': '{"resourceLogs":[]}',
  '/otlp/v1/metrics': '{"resourceMetrics":[]}',
  '/otlp/v1/traces': '{"resourceSpans":[]}',
};

function exactPath({ match }: Route): string {
  return 'exact' in match ? match.exact : '';
}

/** A path of a shape: the first of its choices, and the least of what may stand there. */
export function pathOfShape(shape: string): string {
  let path = shape.replace(/^\^/, '').replace(/\$$/, '');
  // The innermost group first, so that what is left is flat.
  for (let before = ''; before !== path;) {
    before = path;
    path = path.replace(/\(\?:([^()]*)\)(\?|)/, (_, choices: string, optional: string) =>
      optional === '?' ? '' : (choices.split('|')[0] ?? ''),
    );
  }
  return path.replaceAll(/\[[^\]]*\][+*]?|\.[+*]/g, 'doctor');
}

function upstreamOf({ connections }: Plan, { upstream }: Route): Subject {
  const [service] = upstream.split('.');
  const edge = connections.find(
    ({ from, to, service: name }) =>
      name === service && from.kind === 'pods' && from.component === 'gateway' && to.kind === 'pods',
  );
  return edge?.to.kind === 'pods' ? subject(edge.to.component, edge.to.role) : (service ?? 'gateway');
}
