import type { Drafted, YamlMap } from '../../core/draft.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { chartTenant } from '../../logs/chart.ts';
import { pushDraft } from '../../logs/draft.ts';
import type { LogsRead } from '../../logs/read.ts';
import { FIRST, tenantNames } from '../../logs/tenants.ts';
import type { Part } from './context.ts';

interface Tenancy extends Part {
  readonly tenant: string;
  readonly senders: readonly Drafted[];
}

/**
 * Whose lines are: where Loki knew no tenants, those of the first, which also reads what it wrote; and who pushes as
 * that tenant from outside.
 */
export function tenancyOf(
  promtail: SourceNode | undefined,
  logs: LogsRead | undefined,
  untenanted: boolean,
  ledger: Ledger,
): Tenancy {
  const said = chartTenant(promtail);
  if (untenanted) ledger.changed(said, `tenants[${FIRST}]`, 'Loki knew no tenants, and wrote everything as `fake`');
  const [tenant = FIRST] = untenanted ? [FIRST] : tenantNames([said], ledger);
  const { spec, comments, senders, advice } = pushDraft([
    { tenant, hosts: [], senders: logs?.senders ?? [], host: logs?.host },
  ]);
  const [own] = (spec['tenants'] ?? [{ name: tenant }]) as readonly YamlMap[];
  return {
    tenant,
    senders,
    spec: { ...spec, tenants: [{ ...own, ...(untenanted && { adopts: 'untenanted' }) }] },
    comments: {
      ...comments,
      ...(untenanted
        ? {
            'tenants/0/adopts': '`auth_enabled` was false, which is how the chart has it: lines lie under `fake`',
          }
        : { 'tenants/0/name': 'To be decided: which tenants there are; the values do not say it' }),
    },
    advice: [
      ...(untenanted
        ? []
        : [
            'Which tenants there are: `tenants`. They are what `X-Scope-OrgID` said at the old Loki; names must stay, or old lines are not found',
          ]),
      ...advice,
    ],
  };
}
