import { number } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { flag, setting, type Program } from '../../view/program.ts';
import { runs } from '../../view/rings.ts';

const DEFAULT_SECONDS = 30;
/** What the stores' own charts give their roles. */
const PUBLISHED: readonly {
  readonly store: string;
  readonly module: string;
  readonly seconds: number;
  readonly to: string;
}[] = [
  { store: 'mimir', module: 'ingester', seconds: 1200, to: 'upload its blocks when it leaves the ring' },
  { store: 'mimir', module: 'compactor', seconds: 900, to: 'finish a compaction' },
  { store: 'mimir', module: 'store-gateway', seconds: 120, to: 'end the reads under way' },
  { store: 'loki', module: 'ingester', seconds: 300, to: 'upload its chunks' },
];

export const rule: Rule = {
  meta: {
    id: 'short-termination-grace',
    family: 'rings',
    severity: 'warning',
    description: 'Pods are killed before they can finish what they do on shutdown.',
    why: 'What an ingester has not uploaded stays on its volume, and is lost with it; work that is cut off is done again, or waits for a timeout.',
    source: 'https://github.com/grafana/mimir/blob/main/operations/helm/charts/mimir-distributed/values.yaml',
  },
  *cluster(cluster) {
    for (const program of cluster.programs) {
      const { workload } = program;
      const seconds = number(workload.pod, 'terminationGracePeriodSeconds') ?? DEFAULT_SECONDS;
      const [need] = needsOf(program).toSorted((left, right) => right.seconds - left.seconds);
      if (need === undefined || seconds >= need.seconds) continue;
      yield {
        place: inManifest(workload.manifest, ...workload.podPath, 'terminationGracePeriodSeconds'),
        message: `\`${workload.name}\` is killed after ${String(seconds)} s, but may need ${String(need.seconds)} s to ${need.to}`,
        label: `at least ${String(need.seconds)}`,
        help: 'raise `terminationGracePeriodSeconds`',
        remedy: { safe: true, value: need.seconds },
      };
    }
  },
};

/** True where an ingester of Loki uploads what it holds before it stops; with its log kept, it does not by itself. */
function uploads(program: Program): boolean {
  const wal = ['ingester', 'wal'];
  return (
    setting(program, ...wal, 'flush_on_shutdown')?.value === true ||
    setting(program, ...wal, 'enabled')?.value === false
  );
}

interface Need {
  readonly seconds: number;
  readonly to: string;
}

function needsOf(program: Program): readonly Need[] {
  const { name } = program;
  const needs: Need[] = PUBLISHED.filter(
    // Of processes with all targets the ingester is the one to wait for.
    ({ store, module }) =>
      store === name &&
      (store !== 'loki' || uploads(program)) &&
      runs(program, module) &&
      (program.target !== 'all' || module === 'ingester'),
  ).map(({ seconds, to }) => ({ seconds, to }));
  const delay = secondsOf(flag(program, 'shutdown-delay')?.value);
  if (delay !== undefined && delay > 0)
    needs.push({ seconds: delay + 1, to: 'wait out its `-shutdown-delay` and stop' });
  const configured =
    name !== 'tempo' || program.target === 'all'
      ? []
      : [
          { module: 'backend-worker', path: ['backend_worker', 'finish_on_shutdown_timeout'], to: 'finish its job' },
          {
            module: 'metrics-generator',
            path: ['metrics_generator', 'storage', 'remote_write_flush_deadline'],
            to: 'send what it holds',
          },
        ];
  for (const { module, path, to } of configured) {
    const seconds = runs(program, module) ? secondsOf(setting(program, ...path)?.value) : undefined;
    if (seconds !== undefined) needs.push({ seconds, to: `${to} (\`${path.join('.')}\`)` });
  }
  return needs;
}
