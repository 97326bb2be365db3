import type { Diagnosis, Report } from '@lgtm-fleet/doctor';
import { runbooksOf } from '@lgtm-fleet/runbooks';
import { examine } from '../../doctor/examine.ts';
import { plannedObjects } from '../../doctor/planned.ts';
import { isProblem } from '../../workspace/problem.ts';
import { shortfall, type Seen } from '../check.ts';
import { HEARD, NAMED } from '../faults/check-names.ts';
import { pause } from '../faults/pause.ts';
import type { Fault } from '../faults/types.ts';
import { planned } from '../planned.ts';
import type { Stage } from '../scenario.ts';
import { until } from '../wait.ts';
import { quieted, waits } from './alerts.ts';
import { headOf } from './gitops.ts';
import { synced } from './sync.ts';

/** It may be asked while something still starts, and then once more. */
const PATIENCE = { seconds: 240, everyMs: 5000 } as const;
const HEALTHY = { seconds: 420, everyMs: 5000 } as const;
/** Its own promise, whatever is broken. */
const MOST_SECONDS = 60;

/** Asks the doctor of all that this cluster can run. What git says is rendered once, for it stays as it is meanwhile. */
async function doctorOf({ checkout, missing, place }: Stage): Promise<(canary: boolean) => Promise<Report>> {
  const objects = await plannedObjects(checkout.root, checkout.cluster);
  if (isProblem(objects)) throw new Error(objects.message);
  const plan = planned(checkout);
  const revision = await headOf(checkout);
  const { client, environment } = place;
  return async (canary) => {
    const options = { planned: objects, revision, without: [...missing], sendCanary: canary };
    const report = await examine({ client, config: environment.config, version: '' }, plan, options);
    if (report.seconds > MOST_SECONDS) throw shortfall(`it took ${report.seconds.toFixed(0)} s`, {});
    return report;
  };
}

/** Of a healthy stack nothing is said. */
export async function saysNothing(on: Stage): Promise<Seen> {
  const ask = await doctorOf(on);
  const { checks, seconds, unknown } = await until('the doctor to find nothing', HEALTHY, async () => {
    const report = await ask(true);
    if (report.diagnoses.length > 0) throw new Error(told(report.diagnoses));
    return report;
  });
  const left = unknown.length === 0 ? '' : `; not known: ${unknown.map(({ what }) => what).join(', ')}`;
  return { detail: `${String(checks)} checks in ${seconds.toFixed(0)} s${left}` };
}

/**
 * The fault is put in and mended; meanwhile the doctor names it, and its alert waits to fire. Two checks, since either
 * may fail alone.
 */
export async function tried(on: Stage, fault: Fault): Promise<void> {
  const { name, paused, put, alert } = fault;
  await on.checks.run(`${NAMED}${name}`, async () => {
    const ask = await doctorOf(on);
    if (alert !== undefined) await quieted(on, alert);
    const resume = await pause(on, paused);
    let mend = (): Promise<void> => Promise.resolve();
    try {
      mend = await put(on);
      const heard =
        alert === undefined
          ? Promise.resolve(true)
          : on.checks.run(`${alert.name}${HEARD}${name}`, () => waits(on, alert));
      const [seen] = await Promise.allSettled([named(on, fault, ask), heard]);
      if (seen.status === 'rejected') throw seen.reason;
      return seen.value;
    } finally {
      await mend();
      await resume();
      await synced(on, await headOf(on.checkout), 420);
    }
  });
}

async function named(on: Stage, { cause }: Fault, ask: (canary: boolean) => Promise<Report>): Promise<Seen> {
  const start = performance.now();
  const { found, report } = await until('the doctor to name the cause', PATIENCE, async () => {
    const said = await ask(false);
    const diagnosis = said.diagnoses.find(({ id, where }) => cause.checks.includes(id) && cause.where.test(where));
    if (diagnosis === undefined) throw new Error(`it said ${told(said.diagnoses)}`);
    return { found: diagnosis, report: said };
  });
  if (!runbooksOf(planned(on.checkout)).includes(found.runbook))
    throw new Error(`${found.runbook} is no page of this cluster`);
  const seconds = (performance.now() - start) / 1000;
  const beside = report.diagnoses.filter((one) => one !== found);
  return {
    detail: `«${found.what}» after ${seconds.toFixed(0)} s, with ${String(found.symptoms.length)} symptoms; page ${found.runbook}${
      beside.length === 0 ? '' : `; beside it ${told(beside)}`
    }`,
  };
}

function told(diagnoses: readonly Diagnosis[]): string {
  return diagnoses.length === 0 ? 'nothing' : diagnoses.map(({ id, where }) => `${id} (${where})`).join(', ');
}
