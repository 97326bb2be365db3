import { say } from '../../phrase.ts';
import { own } from '../../fields/own.ts';
import type { DangerClass } from '../../types.ts';
import { compareVersions, upgrades, type Version } from '../../view/images.ts';

export const upgradeStepSkipped: DangerClass = {
  meta: {
    id: 'upgrade-step-skipped',
    danger: 'D15',
    effect: 'downtime',
    blocks: true,
    description: 'An upgrade leaves out a version that must run in between.',
    why: 'While old and new pods run side by side they speak different protocols: Mimir 3.2 sends queries to queriers in a way that 3.0 does not know.',
    source: 'Mimir 3.2 release notes: all queriers must be on 3.1 first',
  },
  *find(pair) {
    for (const { program, before, after, from, to, workloads } of upgrades(pair)) {
      const step = own(STEPS, program)?.find(
        (one) => compareVersions(from, one) < 0 && compareVersions(to, nextMinor(one)) >= 0,
      );
      if (step === undefined) continue;
      yield {
        subject: program,
        message: say`${program} goes from ${before} to ${after} without ${step.slice(0, 2).join('.')} in between`,
        consequence: say`old and new pods do not understand each other while they roll: queries fail until all are new. Merge an upgrade to ${step.slice(0, 2).join('.')} first`,
        changes: pair.changes.filter((change) => workloads.includes(`${change.kind}/${change.name}`)),
      };
    }
  },
};

/** Versions that every upgrade past them must stop at. */
const STEPS: Readonly<Record<string, readonly Version[]>> = { mimir: [[3, 1, 0]] };

function nextMinor([major, minor]: Version): Version {
  return [major, minor + 1, 0];
}
