import { planRevocation } from '@lgtm-fleet/bootstrap';
import { print, type ExitCode } from '../console.ts';
import { problem, type Problem } from '../workspace/problem.ts';
import { dryRun, told, write, type Work } from './work.ts';

/** What is left in Secrets of users who are gone. */
export async function revoke(work: Work): Promise<ExitCode | Problem> {
  if (work.plan.secretSource.kind !== 'bootstrap' || work.plan.role === 'edge')
    return problem(
      `the lists of the gateway of ${work.plan.hub ?? work.plan.cluster} are not made here`,
      'docs/rotation.md has the steps for each source of Secrets',
      1,
    );
  const { changes, findings } = planRevocation(work.plan, work.present, work.users);
  const wrong = told(findings);
  if (wrong !== undefined) return wrong;
  if (work.dry) return dryRun(changes);
  for (const change of changes) await write(work, change);
  print(changes.length === 0 ? 'nothing was changed' : `nothing is left of ${work.users.join(', ')}`);
  return 0;
}
