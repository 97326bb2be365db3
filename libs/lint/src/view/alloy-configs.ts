import {
  checkWiring,
  parseAlloy,
  type AlloyFault,
  type AlloyFile,
  type AlloyFinding,
  type AlloyFindingId,
} from '@lgtm-fleet/alloy';
import type { Span } from '@lgtm-fleet/diagnostics';
import { inSource, inText } from '../place.ts';
import type { Place, Report } from '../types.ts';
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

/** A file that an Alloy outside the cluster loads. */
interface EdgeConfig extends Pick<AlloyConfig, 'faults' | 'findings'> {
  readonly name: string;
}

const knownAtTheEdge = new WeakMap<ClusterView, readonly EdgeConfig[]>();

/** Every configuration of Alloys on machines outside, read once. */
function edgeConfigs(cluster: ClusterView): readonly EdgeConfig[] {
  const before = knownAtTheEdge.get(cluster);
  if (before !== undefined) return before;
  const found = cluster.edgeFiles
    .filter(({ file }) => file.endsWith('.alloy'))
    .map(({ file: name, text }): EdgeConfig => {
      const { file, faults } = parseAlloy(text);
      return { name, faults, findings: file.complete ? checkWiring(file) : [] };
    });
  knownAtTheEdge.set(cluster, found);
  return found;
}

/** What the wiring of all configurations has of one kind. */
export function* wiringReports(cluster: ClusterView, id: AlloyFindingId): Iterable<Report> {
  for (const { place, found } of alloyFaults(cluster, ({ findings }) => findings.filter((one) => one.id === id)))
    yield reportOf(place(found.span), found);
}

/** What cannot be read of all configurations. */
export function* syntaxReports(cluster: ClusterView): Iterable<Report> {
  for (const { place, found } of alloyFaults(cluster, ({ faults }) => faults)) yield reportOf(place(found.span), found);
}

function alloyFaults<Found>(
  cluster: ClusterView,
  of: (config: Pick<AlloyConfig, 'faults' | 'findings'>) => readonly Found[],
) {
  return [
    ...alloyConfigs(cluster).flatMap((one) =>
      of(one).map((found) => ({ found, place: (span: Span): Place => inText(one.config, span) })),
    ),
    ...edgeConfigs(cluster).flatMap((one) =>
      of(one).map((found) => ({ found, place: (span: Span): Place => inSource(one.name, span) })),
    ),
  ];
}

function reportOf(place: Place, { message, help }: Pick<AlloyFault, 'message' | 'help'>): Report {
  return { place, message, ...(help !== undefined && { help }) };
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
