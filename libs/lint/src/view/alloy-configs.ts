import {
  checkWiring,
  parseAlloy,
  type AlloyFault,
  type AlloyFile,
  type AlloyFinding,
  type AlloyFindingId,
} from '@lgtm-fleet/alloy';
import { inText } from '../place.ts';
import type { Report } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import type { Program } from './program.ts';

/** A file that an Alloy of the cluster loads. */
export interface AlloyConfig {
  readonly config: ConfigFile;
  /** Those that load it; the same file may be of several. */
  readonly programs: readonly Program[];
  readonly file: AlloyFile;
  /** What keeps a part from being read. */
  readonly faults: readonly AlloyFault[];
  /** What is wrong with its wiring; empty for a part of a configuration in several files, and for what has faults. */
  readonly findings: readonly AlloyFinding[];
}

const known = new WeakMap<ClusterView, readonly AlloyConfig[]>();

/** Every configuration of the Alloys of a cluster, read once. */
export function alloyConfigs(cluster: ClusterView): readonly AlloyConfig[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const loaded = cluster
    .programsOf('alloy')
    .flatMap((program) => filesOf(program).map((config) => ({ program, config })));
  const found = [...Map.groupBy(loaded, ({ config }) => config)].map(([config, loads]): AlloyConfig => {
    const { file, faults } = parseAlloy(config.text);
    const programs = loads.map(({ program }) => program);
    const alone = programs.every((program) => filesOf(program).length === 1);
    return { config, programs, file, faults, findings: alone && file.complete ? checkWiring(file) : [] };
  });
  known.set(cluster, found);
  return found;
}

/** The file that the arguments name; of a folder all in it, which Alloy reads as one. */
function filesOf({ container, files }: Program): readonly ConfigFile[] {
  const alloy = files.filter(({ path }) => path.endsWith('.alloy'));
  const named = alloy.filter(({ path }) => container.args.includes(path));
  return (named.length > 0 ? named : alloy).map(({ config }) => config);
}

/** What the wiring of all configurations has of one kind. */
export function* wiringReports(cluster: ClusterView, id: AlloyFindingId): Iterable<Report> {
  for (const { config, findings } of alloyConfigs(cluster))
    for (const { id: found, span, message, help } of findings)
      if (found === id) yield { place: inText(config, span), message, ...(help !== undefined && { help }) };
}

/** Components that remember how far they have read: in files, the journal, or the logs of the API server. */
const POSITIONAL = /^loki\.source\.(?:file|journal|docker|kubernetes|kubernetes_events|podlogs)$/;

/** The names of what an Alloy has that goes on where it stopped. */
export function positionalSources(cluster: ClusterView, program: Program): readonly string[] {
  const names = alloyConfigs(cluster)
    .filter(({ programs }) => programs.includes(program))
    .flatMap(({ file }) => file.body.map(({ name }) => name.name));
  return [...new Set(names.filter((name) => POSITIONAL.test(name)))];
}
