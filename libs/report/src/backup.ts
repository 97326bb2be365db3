import { bucketsInUse, type BucketNames, type Plan } from '@lgtm-fleet/plan';
import { formatDays, formatDuration } from '@lgtm-fleet/units';
import { table } from './table.ts';

/** What of a cluster is in buckets, what is not there yet, and what is nowhere but on a volume; docs/backup.md says what to do. */
export function backup(plan: Plan): readonly string[] {
  if (plan.role === 'edge') return [];
  const rows = plan.objectStorage.kind === 'filesystem' ? [] : bucketsInUse(plan).map((purpose) => row(plan, purpose));
  const volumes = volumesOf(plan);
  return [
    '## Backup',
    '[What to back up, and how to restore it](../../docs/backup.md).',
    ...(rows.length === 0
      ? ['Objects are files on the volumes: nothing of this cluster is anywhere else.']
      : [table(['bucket', 'what is in it', 'lost without it', 'not in it yet', 'old versions'], rows)]),
    ...(volumes.length === 0
      ? []
      : [
          'On a volume and nowhere else, so that only a snapshot of the volume keeps it:',
          table(['claim', 'what is on it', 'kept for'], volumes),
        ]),
    ...(plan.grafana?.database.kind === 'postgres'
      ? [`Grafana's database is in Postgres at \`${plan.grafana.database.host}\`, and is backed up there.`]
      : []),
  ];
}

interface Content {
  readonly what: string;
  readonly lost: string;
  readonly versions: string;
}

/** Compactors write anew and delete what they wrote anew from, so old versions of these are as large as what comes in. */
const LARGE = '3 days: a compactor deletes what it has joined';
const SMALL = '90 days: small, and written by people';

const CONTENTS: Readonly<Record<keyof BucketNames, Content>> = {
  loki: { what: 'chunks, index, delete requests', lost: 'all lines', versions: '3 days: retention deletes' },
  lokiRuler: { what: 'rules of logs', lost: 'rules that tenants uploaded', versions: SMALL },
  mimirBlocks: { what: 'blocks', lost: 'all samples', versions: LARGE },
  mimirRuler: { what: 'rules of metrics', lost: 'rules that tenants uploaded', versions: SMALL },
  mimirAlertmanager: { what: 'alert routes, silences', lost: 'routes that tenants uploaded', versions: SMALL },
  tempo: { what: 'blocks of traces', lost: 'all traces', versions: LARGE },
  grafana: {
    what: "copy of Grafana's database",
    lost: 'dashboards, alerts and preferences of people, once the volume is gone too',
    versions: 'none needed: the copy has its own past',
  },
};

/** Mimir's Alertmanager then reads files, and what it remembers of its own goes to no bucket. */
const ROUTES_IN_GIT: Content = { what: 'nothing: alert routes are in git', lost: 'nothing', versions: 'none needed' };

function row(plan: Plan, purpose: keyof BucketNames): readonly string[] {
  const { what, lost, versions } =
    purpose === 'mimirAlertmanager' && plan.alertRoutesInGit === true ? ROUTES_IN_GIT : CONTENTS[purpose];
  return [`\`${plan.buckets[purpose]}\``, what, lost, pending(plan, purpose), versions];
}

/** What the stores hold before they upload it, with the values that their configurations have. */
function pending(plan: Plan, purpose: keyof BucketNames): string {
  const copies = (factor = 1): string => (factor === 1 ? 'one volume' : `${String(factor)} volumes`);
  switch (purpose) {
    case 'loki':
      return `2 hours at most, 30 minutes of a stream that is quiet: on ${copies(plan.loki?.replicationFactor)} of ingesters`;
    case 'mimirBlocks':
      return plan.mimir?.architecture === 'ingest-storage'
        ? `3 hours at most: in Kafka, which keeps ${kept(plan, 'mimir')}`
        : `3 hours at most: on ${copies(plan.mimir?.replicationFactor)} of ingesters`;
    case 'tempo':
      return plan.tempo?.mode === 'distributed'
        ? `5 minutes, and as long as a block-builder takes: in Kafka, which keeps ${kept(plan, 'tempo')}`
        : 'a minute: on its volume';
    case 'mimirAlertmanager':
      return plan.alertRoutesInGit === true ? 'all silences: on its volumes alone' : 'silences of the last 15 minutes';
    case 'lokiRuler':
    case 'mimirRuler':
      return 'nothing';
    case 'grafana':
      return 'seconds: on its volume';
  }
}

function kept({ kafka }: Plan, store: 'mimir' | 'tempo'): string {
  const topic = kafka?.topics.find(({ name }) => name.startsWith(store));
  return topic === undefined ? 'what it can' : formatDuration(topic.retentionSeconds);
}

function volumesOf(plan: Plan): readonly (readonly string[])[] {
  const files = plan.objectStorage.kind === 'filesystem';
  const all: readonly (readonly [string, string, number | undefined])[] = [
    ['seaweedfs', 'all of the buckets above', undefined],
    ['prometheus', 'all samples', plan.prometheus?.retentionSeconds],
    ...(files
      ? ([
          ['loki', 'lines and rules of logs', plan.loki?.retentionSeconds],
          ['mimir', 'samples, rules of metrics, alert routes', plan.mimir?.retentionSeconds],
          ['tempo', 'traces', plan.tempo?.retentionSeconds],
          ['grafana', 'dashboards, alerts and preferences of people', undefined],
        ] as const)
      : []),
  ];
  return all.flatMap(([component, what, seconds]) =>
    plan.components
      .filter(({ name }) => name === component)
      .flatMap(({ workloads }) =>
        workloads
          .filter(({ volumeBytes }) => volumeBytes !== undefined)
          .map(({ name }) => [`\`data-${name}-0\``, what, seconds === undefined ? 'ever' : formatDays(seconds)]),
      ),
  );
}
