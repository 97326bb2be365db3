import { inManifest } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { alloyConfigs, positionalSources } from '../../view/alloy-configs.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { mountOf } from '../../view/data-folders.ts';
import { flag, type Program } from '../../view/program.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-positions-lost',
    family: 'alloy',
    severity: 'warning',
    description: 'Alloy forgets with its pod how far it has read.',
    why: 'A new pod reads every log file from its beginning, or goes on at the end and skips what came meanwhile; a write-ahead log that was not sent yet is gone.',
    source: 'https://github.com/grafana/alloy/issues/876',
  },
  *cluster(cluster) {
    for (const program of cluster.programsOf('alloy')) {
      const [kept] = [...positionalSources(cluster, program), ...writers(cluster, program)];
      if (kept !== undefined) yield* lost(program, kept);
    }
  },
};

/** They write to disk first what they send. */
function writers(cluster: ClusterView, program: Program): readonly string[] {
  return alloyConfigs(cluster)
    .filter(({ programs }) => programs.includes(program))
    .flatMap(({ file }) => file.body.map(({ name }) => name.name))
    .filter((name) => name === 'prometheus.remote_write' || name === 'prometheus.write.queue');
}

function* lost(program: Program, component: string): Iterable<Report> {
  const { workload, container } = program;
  const storage = flag(program, 'storage.path');
  const path = typeof storage?.value === 'string' ? storage.value : 'data-alloy';
  const mount = path.startsWith('/') ? mountOf(program, path) : undefined;
  if (mount !== undefined && mount.kind !== 'emptyDir') return;
  const on = mount === undefined ? 'no volume' : `the volume \`${mount.name}\``;
  yield {
    place: mount?.place ?? storage?.place ?? inManifest(workload.manifest, ...container.path, 'args'),
    message: `\`${component}\` keeps how far it is in \`${path}\`, on ${on}${mount === undefined ? '' : ', which goes with the pod'}`,
    help: 'keep the folder of `--storage.path` on the node (`hostPath` of a DaemonSet) or on a claim',
  };
}
