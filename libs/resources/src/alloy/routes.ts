import type { Plan, TenantPlan } from '@lgtm-fleet/plan';

/** Whose telemetry goes where: one route for each tenant that gets anything from this cluster. */
export interface Route {
  readonly tenant: string;
  /** The tenant's name as the label of a component, which takes no hyphen. */
  readonly label: string;
  /** What it shows at the gateway. */
  readonly credential: 'password' | 'token' | 'certificate';
  /** `only`: these namespaces. `all-but`: everything else, and what has no namespace. */
  readonly takes: 'only' | 'all-but';
  readonly namespaces: readonly string[];
}

/** The first tenant takes what no other claims; another one without namespaces gets nothing from here. */
export function routes(plan: Pick<Plan, 'tenants'>): readonly Route[] {
  const [first, ...others] = plan.tenants;
  if (first === undefined) return [];
  const claiming = others.filter((tenant) => tenant.namespaces.length > 0);
  const labels = labelsOf([first, ...claiming]);
  return [first, ...claiming].map((tenant, index) => ({
    tenant: tenant.name,
    label: labels[index] ?? tenant.name,
    credential: tenant.credential ?? 'password',
    ...(tenant === first
      ? { takes: 'all-but', namespaces: claiming.flatMap(({ namespaces }) => namespaces) }
      : { takes: 'only', namespaces: tenant.namespaces }),
  }));
}

/** Whether telemetry of a namespace takes this route. */
export function takes(route: Route, namespace: string): boolean {
  return route.namespaces.includes(namespace) === (route.takes === 'only');
}

/** `team-a` becomes `team_a`; a second one that would become the same gets a number. */
function labelsOf(tenants: readonly TenantPlan[]): readonly string[] {
  const taken = new Set<string>();
  return tenants.map(({ name }) => {
    const plain = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
    let label = plain;
    for (let count = 2; taken.has(label); count++) label = `${plain}_${String(count)}`;
    taken.add(label);
    return label;
  });
}

/** Job of what is run by the stack and tells of the nodes: those are everybody's, so the first tenant's. */
const NODE_METRICS = 'monitoring/node-exporter';

/** The rules that keep a route's share of metrics: those of labels `namespace`, but for metrics of nodes. */
export function metricRules(route: Route, plan: Pick<Plan, 'selfMonitoring'>): readonly RelabelRule[] {
  const rule = namespaceRule(route);
  if (rule === undefined) return [];
  if (plan.selfMonitoring === undefined) return [rule];
  return [
    { source_labels: ['namespace'], target_label: OWNER },
    { source_labels: ['job'], regex: NODE_METRICS, replacement: '', target_label: OWNER },
    { ...rule, source_labels: [OWNER] },
    { regex: OWNER, action: 'labeldrop' },
  ];
}

const OWNER = '__tmp_owner';

interface RelabelRule {
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly replacement?: string;
  readonly target_label?: string;
  readonly action?: string;
}

/** The rule that keeps a route's share by label `namespace`; none where the route takes everything. */
export function namespaceRule(
  route: Route,
): { readonly source_labels: readonly string[]; readonly regex: string; readonly action: string } | undefined {
  if (route.takes === 'all-but' && route.namespaces.length === 0) return undefined;
  return {
    source_labels: ['namespace'],
    regex: route.namespaces.join('|'),
    action: route.takes === 'only' ? 'keep' : 'drop',
  };
}
