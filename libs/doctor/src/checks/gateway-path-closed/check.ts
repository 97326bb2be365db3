import type { RouteFacts } from '../../facts.ts';
import type { Check } from '../../types.ts';
import { olderConfigOfGateway } from '../../older-config.ts';
import { routeFinding } from '../../routes.ts';

const MEANS: Readonly<Record<number, string>> = {
  403: 'it may not be used by this credential',
  404: 'the gateway has no such path',
  405: 'the gateway does not take that method',
};

/** A path that the plan has open, and that the gateway itself refuses. */
export const check: Check = {
  id: 'gateway-path-closed',
  layer: 'path',
  runbook: 'gateway-path-blocked',
  find: (view) => {
    const older = olderConfigOfGateway(view);
    return (view.facts.routes ?? [])
      .filter(({ byGateway, status }: RouteFacts) => byGateway && MEANS[status] !== undefined)
      .map((route) => {
        const why = [
          `${route.status}: ${MEANS[route.status] ?? ''}`,
          `the plan has it open: ${route.why}`,
          ...older.why,
        ];
        const finding = routeFinding(view, route, `the gateway refuses ${route.method} ${route.path}`, why);
        return { ...finding, next: older.next ?? finding.next };
      });
  },
};
