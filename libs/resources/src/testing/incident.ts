type Labels = Readonly<Record<string, string>>;

/** What fires of one incident: Mimir is down on `east`, and somebody else's queries fail on `west`. */
export const EXPLAINS: Labels = { alertname: 'MimirDown', cluster: 'east', evaluator: 'meta' };

/** What is one incident with it, and nobody is told of. */
export const EXPLAINED: readonly Labels[] = [
  { alertname: 'MimirQueriesFailing', cluster: 'east' },
  { alertname: 'MimirWritesBudgetBurning', cluster: 'east' },
  { alertname: 'GatewayServerErrors', cluster: 'east', path: '/api/v1/push' },
  { alertname: 'GatewayReachesNoStore', cluster: 'east', path: '/api/v1/push' },
  { alertname: 'StatefulSetDown', cluster: 'east', namespace: 'observability' },
];

/** What is another incident: of another store, of another cluster, of somebody's own workload. */
export const UNEXPLAINED: readonly Labels[] = [
  { alertname: 'LokiQueriesFailing', cluster: 'east' },
  { alertname: 'GatewayReachesNoStore', cluster: 'east', path: '/loki/api/v1/push' },
  { alertname: 'StatefulSetDown', cluster: 'east', namespace: 'shop' },
  { alertname: 'MimirQueriesFailing', cluster: 'west' },
];

interface Seen {
  readonly labels: Labels;
  readonly status: { readonly state: string; readonly inhibitedBy: readonly string[] };
}

/** Sends all of them to an Alertmanager, and gives the status of its answer. */
export async function tellIncident(api: string, headers: Labels = {}): Promise<number> {
  const alerts = [EXPLAINS, ...EXPLAINED, ...UNEXPLAINED].map((labels) => ({ labels }));
  const { status } = await fetch(`${api}/api/v2/alerts`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  return status;
}

/** What the Alertmanager holds back for another, and what it tells of; each sorted. */
export async function heldBack(
  api: string,
  headers: Labels = {},
): Promise<{ readonly held: readonly string[]; readonly told: readonly string[] }> {
  const seen = (await (await fetch(`${api}/api/v2/alerts`, { headers })).json()) as readonly Seen[];
  const of = (state: string, isHeld: boolean) =>
    sorted(
      seen
        .filter(({ status }) => status.state === state && status.inhibitedBy.length > 0 === isHeld)
        .map(({ labels }) => labels),
    );
  return { held: of('suppressed', true), told: of('active', false) };
}

/** As {@link heldBack} gives it. */
export const HELD_BACK = { held: sorted(EXPLAINED), told: sorted([EXPLAINS, ...UNEXPLAINED]) } as const;

function sorted(alerts: readonly Labels[]): readonly string[] {
  return alerts
    .map((labels) =>
      Object.entries(labels)
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    )
    .toSorted();
}
