import type { RouteFacts } from '../../facts.ts';
import type { Check } from '../../types.ts';
import { routeFinding } from '../../routes.ts';

/** The gateway reaches nobody behind a path, or who is behind it fails. */
export const check: Check = {
  id: 'gateway-errors',
  layer: 'path',
  runbook: 'gateway-errors',
  find: (view) => {
    const failing = (view.facts.routes ?? []).filter(({ status }) => status === 0 || status >= 500);
    return [
      ...Map.groupBy(failing, ({ upstream, status, byGateway }) => `${upstream} ${status} ${String(byGateway)}`),
    ].flatMap(([, all]) => {
      const [first] = all;
      if (first === undefined) return [];
      const { status, byGateway, text = '' } = first;
      const what = whatOf(first);
      const paths = all.map(({ method, path }) => `${method} ${path}`).slice(0, 4);
      return [
        routeFinding(view, first, what, [
          `${status === 0 ? 'no answer' : status} to ${paths.join(', ')}${all.length > 4 ? ` and ${all.length - 4} more` : ''}`,
          ...(byGateway || text === '' ? [] : [text.slice(0, 200)]),
        ]),
      ];
    });
  },
};

function whatOf({ upstream, status, byGateway }: RouteFacts): string {
  if (status === 0)
    return byGateway ? 'the gateway does not answer' : `${upstream} does not answer in time through the gateway`;
  return byGateway ? `the gateway cannot reach ${upstream}` : `${upstream} answers ${status} through the gateway`;
}
