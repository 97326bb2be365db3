import { planRotation, type Successor } from '@lgtm-fleet/bootstrap';
import { formatDuration } from '@lgtm-fleet/units';
import { print, type ExitCode } from '../console.ts';
import type { Client } from '../kubernetes/client.ts';
import { GATEWAY, takesPrevious, waitUntilTaken } from '../kubernetes/gateway.ts';
import { outdatedReaders } from '../kubernetes/readers.ts';
import { restart, rolledOut } from '../kubernetes/rollout.ts';
import { newPassword, newSalt } from '../kubernetes/secrets.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { dryRun, notRolledOut, readersOf, rollGateway, told, write, type Work } from './work.ts';

/** The first half: the gateway knows what is new, everybody is given it, and what was shown before still opens. */
export async function begin(work: Work): Promise<ExitCode | Problem> {
  const { plan, client, config, users, given, present, seconds } = work;
  const { gateway, holders, successors, findings } = planRotation(plan, {
    present,
    given,
    users,
    password: newPassword,
    salt: newSalt,
  });
  const wrong = told(findings);
  if (wrong !== undefined) return wrong;
  const late = gateway === undefined ? undefined : await unprepared(client);
  if (late !== undefined) return late;
  const changes = [...(gateway === undefined ? [] : [gateway]), ...holders];
  if (work.dry) return dryRun(changes);
  if (gateway !== undefined) await write(work, gateway);
  let changed = changes.length > 0;
  if (plan.role === 'hub') {
    const tokens = successors.filter(({ kind }) => kind === 'token');
    const restarts = tokens.length > 0 && !(await areTaken(work, tokens));
    if (restarts && !(await rollGateway(work))) return notRolledOut(seconds);
    changed ||= restarts;
    const missing = await waitUntilTaken(client, config, plan, successors, seconds);
    if (missing.length > 0)
      return problem(
        `after ${formatDuration(seconds)} the gateway does not take what is new: ${missing.join(', ')}`,
        'nobody was given it, and what was shown before still opens: run this again',
        1,
      );
    print(`every pod of the gateway takes what is new of ${users.join(', ')}`);
  }
  for (const change of holders) await write(work, change);
  const restarted = await restartReaders(work);
  if (isProblem(restarted)) return restarted;
  changed ||= restarted > 0;
  if (!changed) print('all of it was done: nothing was changed');
  print(remaining(work));
  return 0;
}

async function areTaken({ client, config, plan }: Work, successors: readonly Successor[]): Promise<boolean> {
  return (await waitUntilTaken(client, config, plan, successors, 0)).length === 0;
}

/** A gateway of an older configuration would refuse what was shown before, as soon as it is not in its list. */
async function unprepared(client: Client): Promise<Problem | undefined> {
  if ((await takesPrevious(client)) && (await rolledOut(client, GATEWAY, 0))) return undefined;
  return problem(
    'the gateway that runs does not take two credentials of one user, or is being rolled out; nothing was changed',
    'sync the generated files of this release, and wait until Deployment gateway is rolled out',
    1,
  );
}

async function restartReaders(work: Work): Promise<number | Problem> {
  const { client, plan, users, seconds } = work;
  const outdated = await outdatedReaders(client, readersOf(plan, users));
  for (const reader of outdated) {
    print(`restarts ${reader.kind} ${reader.name}, which reads what it shows when it starts`);
    await restart(client, reader);
    if (!(await rolledOut(client, reader, seconds)))
      return problem(
        `${reader.kind} ${reader.name} is not ready after ${formatDuration(seconds)}`,
        `see kubectl --namespace=${reader.namespace} get pods; what it showed before still opens`,
        1,
      );
  }
  return outdated.length;
}

/** Whom nobody here can give it. */
function remaining({ plan, edges, users }: Work): string {
  if (plan.role === 'edge') return 'collectors read it within three minutes';
  const copies = edges.filter(({ tenants }) => tenants.some(({ name }) => users.includes(name)));
  return [
    'collectors of this cluster read it within three minutes',
    ...copies.map(({ cluster }) => `${cluster} has a copy: give it the new one, as docs/rotation.md says`),
    'senders and readers outside are yours to tell; what was shown before opens until --finish',
  ].join('\n');
}
