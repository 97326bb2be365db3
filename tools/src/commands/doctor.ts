import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { changesBetween, type Finding, type Report } from '@lgtm-fleet/doctor';
import { visible } from '@lgtm-fleet/diagnostics';
import type { Plan } from '@lgtm-fleet/plan';
import { jsonReport, prettyChanges, prettyReport } from '@lgtm-fleet/report';
import { runbookUrl } from '@lgtm-fleet/runbooks';
import { parseDuration } from '@lgtm-fleet/units';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { print, type ExitCode } from '../console.ts';
import { writeBundle } from '../doctor/bundle.ts';
import { examined, type Examined } from '../doctor/examine.ts';
import type { ExamineOptions } from '../doctor/options.ts';
import { LIMITS } from '../doctor/probing.ts';
import { plannedObjects, revisionOf } from '../doctor/planned.ts';
import { connect, type Connection } from '../kubernetes/connect.ts';
import { openCluster } from '../workspace/open.ts';
import { isProblem, problem, systemProblem, type Problem } from '../workspace/problem.ts';
import { planOf } from '../workspace/tree.ts';

/** Whatever was slow before, this long is looked. */
const LEAST_MS = 8000;

export interface DoctorOptions {
  readonly cluster: string;
  readonly context?: string;
  readonly sendCanary?: boolean;
  readonly without?: string;
  readonly json?: boolean;
  /** True for the usual time between two looks. */
  readonly watch?: string | true;
  readonly bundle?: string;
  readonly root?: string;
}

/** Compares what lives with what is planned, asks every program how it does, and names causes. Changes nothing. */
export async function doctor(options: DoctorOptions): Promise<ExitCode | Problem> {
  const every = parseDuration(typeof options.watch === 'string' ? options.watch : '30s');
  if (!every.ok) return problem(`--watch is not ${every.expected}`, 'the default is 30s');
  if (options.watch !== undefined && options.bundle !== undefined)
    return problem('--watch and --bundle are two things', 'a bundle is of one look');
  const start = performance.now();
  const inputs = await readInputs(options);
  if (isProblem(inputs) || typeof inputs === 'number') return inputs;
  const connection = await connect(options.context);
  // Nothing was looked at, so nothing can be said of the health of anything.
  if (isProblem(connection)) return { ...connection, exitCode: 2 };
  const pages = pagesOf(inputs.plan, options.json === true);
  if (options.watch !== undefined) return await watch(connection, inputs, pages, every.value);
  // A server that took its time to say who it is has taken it from the rest.
  const totalMs = Math.max(LEAST_MS, LIMITS.totalMs - (performance.now() - start));
  const seen = await examined(connection, inputs.plan, { ...inputs, limits: { ...LIMITS, totalMs } });
  const text = pages.full(seen.report);
  print(text.trimEnd());
  return bundled(options.bundle, inputs.plan, seen) ?? exitCodeOf(seen);
}

/** A bundle that cannot be written takes nothing from the report, which is printed by then. */
function bundled(file: string | undefined, plan: Plan, seen: Examined): Problem | undefined {
  if (file === undefined) return undefined;
  try {
    writeBundle(file, plan, seen, pagesOf(plan, false).full(seen.report));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT')
      return problem(
        `the bundle was not written: ${visible(dirname(file))} does not exist`,
        'make the folder, or name a file in another',
      );
    const { message, help } = systemProblem(Object.assign(error, { path: file })) ?? problem(error.message);
    return problem(`the bundle was not written: ${visible(message)}`, help);
  }
}

interface Inputs extends ExamineOptions {
  readonly plan: Plan;
  readonly planned: readonly ClusterObject[];
}

async function readInputs(options: DoctorOptions): Promise<Inputs | Problem | ExitCode> {
  const opened = openCluster(options);
  if (!opened.ok) return opened.ended;
  const { workspace, fleet, cluster } = opened;
  const plan = planOf({ cluster, fleet, repository: workspace.repository });
  const without = (options.without ?? '').split(',').filter((name) => name !== '');
  const unknown = without.find((name) => plan.components.every((component) => component.name !== name));
  if (unknown !== undefined)
    return problem(
      `${plan.cluster} has no component '${unknown}' to leave out`,
      `there is ${plan.components.map(({ name }) => name).join(', ')}`,
    );
  const planned = await plannedObjects(workspace.root, plan.cluster);
  if (isProblem(planned)) return planned;
  const revision = await revisionOf(workspace.root);
  return {
    plan,
    planned,
    without,
    ...(revision !== undefined && { revision }),
    ...(options.sendCanary !== undefined && { sendCanary: options.sendCanary }),
  };
}

interface Pages {
  readonly full: (report: Report) => string;
  /** Only what is otherwise than before; empty where nothing is. */
  readonly changed: (before: Report, after: Report) => string;
}

function pagesOf(plan: Plan, asJson: boolean): Pages {
  const urlOf = ({ runbook }: Finding): string => runbookUrl(plan, runbook);
  if (asJson) {
    const full = (report: Report): string => jsonReport(report, urlOf);
    return { full, changed: (_, after) => full(after) };
  }
  return {
    full: (report) => prettyReport(report, urlOf),
    changed: (before, after) => prettyChanges(changesBetween(before, after), after.at, urlOf),
  };
}

/** Looks again and again until somebody ends it. */
async function watch(connection: Connection, inputs: Inputs, pages: Pages, seconds: number): Promise<ExitCode> {
  let before: Report | undefined;
  for (;;) {
    const { report } = await examined(connection, inputs.plan, inputs);
    const text = before === undefined ? pages.full(report) : pages.changed(before, report);
    if (text !== '') print(text.trimEnd());
    before = report;
    await sleep(seconds * 1000);
  }
}

/** Where not even the pods could be read, no finding is no health. */
function exitCodeOf({ report, facts }: Examined): ExitCode {
  if (report.diagnoses.length > 0) return 1;
  return facts.objects?.Pod === undefined ? 2 : 0;
}
