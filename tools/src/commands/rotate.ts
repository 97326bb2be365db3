import { HANDED_OUT } from '@lgtm-fleet/bootstrap';
import { visible } from '@lgtm-fleet/diagnostics';
import { parseDuration } from '@lgtm-fleet/units';
import { print, type ExitCode } from '../console.ts';
import { connect, connectionProblem } from '../kubernetes/connect.ts';
import { givenSecrets, readSecrets } from '../kubernetes/secrets.ts';
import { begin } from '../rotation/begin.ts';
import { finish } from '../rotation/finish.ts';
import { revoke } from '../rotation/revoke.ts';
import type { Work } from '../rotation/work.ts';
import { openCluster } from '../workspace/open.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { planOf } from '../workspace/tree.ts';

export interface RotateOptions {
  readonly cluster: string;
  readonly context?: string;
  readonly user: readonly string[];
  readonly finish?: boolean;
  readonly revoke?: boolean;
  readonly force?: boolean;
  readonly secret: readonly string[];
  readonly unusedFor: string;
  readonly timeout: string;
  readonly dryRun?: boolean;
  readonly root?: string;
}

/** Gives users of the gateway another password or token, in two halves between which both open. */
export async function rotate(options: RotateOptions): Promise<ExitCode | Problem> {
  const inputs = readInputs(options);
  if (isProblem(inputs) || typeof inputs === 'number') return inputs;
  const connection = await connect(options.context);
  if (isProblem(connection)) return connection;
  const { client, config } = connection;
  print(`${inputs.plan.cluster} on ${visible(client.server)} (context ${visible(client.context)})`);
  try {
    const present = await readSecrets(client, [...inputs.plan.secrets, HANDED_OUT]);
    const work: Work = { ...inputs, present, client, config };
    if (options.revoke === true) return await revoke(work);
    return options.finish === true ? await finish(work) : await begin(work);
  } catch (error) {
    return connectionProblem(error, client);
  }
}

function readInputs(options: RotateOptions): Omit<Work, 'present' | 'client' | 'config'> | Problem | ExitCode {
  const [timeout, unusedFor] = [parseDuration(options.timeout), parseDuration(options.unusedFor)];
  if (!timeout.ok) return problem(`--timeout is not ${timeout.expected}`, 'the default is 5m');
  if (!unusedFor.ok) return problem(`--unused-for is not ${unusedFor.expected}`, 'the default is 5m');
  const users = [...new Set(options.user)];
  if (users.length === 0) return problem('nobody was named', 'name a tenant, a writer or a reader with --user');
  if (options.finish === true && options.revoke === true)
    return problem(
      '--finish and --revoke are two things',
      '--revoke is for users whom the spec does not name any more',
    );
  const opened = openCluster(options);
  if (!opened.ok) return opened.ended;
  const { fleet, cluster } = opened;
  const { repository } = opened.workspace;
  const plan = planOf({ cluster, fleet, repository });
  const stranger = options.secret.find((flag) => !users.includes(/^[^/=]+\/([^/=]+)=@/.exec(flag)?.[1] ?? ''));
  const given = givenSecrets(plan, options.secret);
  if (isProblem(given)) return given;
  if (stranger !== undefined)
    return problem('a --secret is of nobody that --user names', 'it is tenant-credentials/NAME=@FILE');
  return {
    plan,
    edges: fleet
      .filter(({ spec }) => spec.role === 'edge')
      .map((edge) => planOf({ cluster: edge, fleet, repository }))
      .filter((edge) => edge.hub === plan.cluster),
    users,
    given,
    seconds: timeout.value,
    unusedSeconds: unusedFor.value,
    dry: options.dryRun === true,
    force: options.force === true,
  };
}
