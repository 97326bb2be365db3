import { inManifest } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { settingOf, runs } from '../../view/rings.ts';
import type { Program } from '../../view/program.ts';
import { scalingOf } from '../../view/scaling.ts';
import { secondsOf } from '@lgtm-fleet/units';

const YEAR = 365 * 86_400;

export const rule: Rule = {
  meta: {
    id: 'replicated-singleton',
    family: 'rings',
    severity: 'error',
    description: 'A program that must run once runs more than once.',
    why: 'Two compactors delete and rewrite under each other, two schedulers give out the same work: data goes, or comes twice.',
    source: 'https://grafana.com/docs/tempo/latest/reference-tempo-architecture/components/compaction/',
  },
  *cluster(cluster) {
    yield* more(cluster, "tempo's backend scheduler", schedulers(cluster));
    yield* more(cluster, "loki's compactor", compactors(cluster));
  },
};

function schedulers(cluster: ClusterView): readonly Program[] {
  return cluster.programsOf('tempo').filter((program) => runs(program, 'backend-scheduler'));
}

/** Compactors that work. Of processes with all targets one is elected, unless each keeps a ring of its own. */
function compactors(cluster: ClusterView): readonly Program[] {
  return cluster.programsOf('loki').filter((program) => {
    if (!runs(program, 'compactor')) return false;
    const interval = settingOf(program, {
      paths: [['compactor', 'compaction_interval']],
      flag: 'compactor.compaction-interval',
    });
    // It waits one interval before its first run.
    if ((secondsOf(interval?.value) ?? 0) > YEAR) return false;
    return program.target === 'compactor' || !elected(program);
  });
}

function elected(program: Program): boolean {
  const paths = [
    ['compactor', 'compactor_ring', 'kvstore', 'store'],
    ['common', 'ring', 'kvstore', 'store'],
  ];
  return settingOf(program, { paths, flag: 'compactor.ring.store' })?.value !== 'inmemory';
}

function* more(cluster: ClusterView, name: string, programs: readonly Program[]): Iterable<Report> {
  const all = programs.map(({ workload }) => ({ workload, scaling: scalingOf(workload, cluster) }));
  const pods = all.reduce((sum, { scaling }) => sum + scaling.max, 0);
  if (pods < 2) return;
  const several = all.filter(({ scaling }) => scaling.max > 1);
  for (const { workload, scaling } of several.length > 0 ? several : all.slice(1)) {
    const { autoscaler } = scaling;
    yield {
      place:
        autoscaler === undefined
          ? inManifest(workload.manifest, 'spec', 'replicas')
          : inManifest(autoscaler.manifest, ...autoscaler.maxPath),
      message: `${name} may run ${String(pods)} times: in \`${all.map((each) => each.workload.name).join('`, `')}\``,
      label: 'once in all',
      help: 'run it in one workload with one replica, and let nothing scale it',
      ...(autoscaler === undefined && all.length === 1 && { remedy: { safe: false, value: 1 } }),
    };
  }
}
