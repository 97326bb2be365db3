import { planFinish } from '@lgtm-fleet/bootstrap';
import { formatDuration } from '@lgtm-fleet/units';
import { print, type ExitCode } from '../console.ts';
import { shownBefore, watchedFor } from '../kubernetes/gateway.ts';
import { outdatedReaders } from '../kubernetes/readers.ts';
import { problem, type Problem } from '../workspace/problem.ts';
import { dryRun, notRolledOut, readersOf, rollGateway, told, write, type Work } from './work.ts';

/** The second half: what was shown before opens nothing. */
export async function finish(work: Work): Promise<ExitCode | Problem> {
  const { plan, present, users } = work;
  const { change, ended, findings } = planFinish(plan, present, users);
  const wrong = told(findings);
  if (wrong !== undefined) return wrong;
  if (change === undefined) {
    print('all of it was done: nothing was changed');
    return 0;
  }
  const names = ended.map(({ user }) => user);
  const inUse = work.force ? undefined : await stillShown(work, names);
  if (inUse !== undefined) return inUse;
  if (work.dry) return dryRun([change]);
  await write(work, change);
  if (!ended.some(({ kind }) => kind === 'token')) {
    print(
      `what ${names.join(', ')} showed before opens nothing once the kubelet has brought the file: within two minutes`,
    );
    return 0;
  }
  if (!(await rollGateway(work))) return notRolledOut(work.seconds);
  print(`what ${names.join(', ')} showed before opens nothing any more`);
  return 0;
}

const SHOWN_AT_MOST = 5;

/** Who would be refused from now on, as far as anybody can see. */
async function stillShown(work: Work, users: readonly string[]): Promise<Problem | undefined> {
  const { client, plan, unusedSeconds } = work;
  const force = '; --force does it all the same';
  const readers = await outdatedReaders(client, readersOf(plan, users));
  if (readers.length > 0)
    return problem(
      `${readers.map(({ name }) => name).join(', ')} started before there was what is new; nothing was changed`,
      `run this without --finish, which restarts it${force}`,
      1,
    );
  const outdated = await shownBefore(client, users, Math.ceil(unusedSeconds));
  if (outdated.length > 0)
    return problem(
      [
        'what was shown before is still in use; nothing was changed',
        ...outdated
          .slice(-SHOWN_AT_MOST)
          .map(({ user, client: from, userAgent, time }) => `  ${user} from ${from}, ${userAgent}, at ${time}`),
        ...(outdated.length > SHOWN_AT_MOST ? [`  and ${String(outdated.length - SHOWN_AT_MOST)} more`] : []),
      ].join('\n'),
      `give these what is new, and run this again when nobody has shown it for ${formatDuration(unusedSeconds)}${force}`,
      1,
    );
  const watched = await watchedFor(client);
  if (watched >= unusedSeconds) return undefined;
  return problem(
    `the gateway has been watching for ${formatDuration(Math.max(0, Math.floor(watched)))} only; nothing was changed`,
    `run this again in ${formatDuration(Math.ceil(unusedSeconds - watched))}, or say a shorter --unused-for${force}`,
    1,
  );
}
