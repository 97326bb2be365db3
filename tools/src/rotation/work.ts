import type { KubeConfig } from '@kubernetes/client-node';
import { readersAtStart, type Finding, type Reader, type SecretChange } from '@lgtm-fleet/bootstrap';
import { visible } from '@lgtm-fleet/diagnostics';
import type { Plan } from '@lgtm-fleet/plan';
import { formatDuration } from '@lgtm-fleet/units';
import { complain, print, type ExitCode } from '../console.ts';
import type { Client } from '../kubernetes/client.ts';
import { GATEWAY } from '../kubernetes/gateway.ts';
import { restart, rolledOut } from '../kubernetes/rollout.ts';
import { writeSecret, type Secrets } from '../kubernetes/secrets.ts';
import { problem, type Problem } from '../workspace/problem.ts';

/** What is known before anything is done. */
export interface Work {
  readonly plan: Plan;
  /** Edges that ship to this cluster, and so have copies. */
  readonly edges: readonly Plan[];
  readonly users: readonly string[];
  readonly given: ReadonlyMap<string, string>;
  readonly present: Secrets;
  readonly client: Client;
  readonly config: KubeConfig;
  readonly seconds: number;
  readonly unusedSeconds: number;
  readonly dry: boolean;
  readonly force: boolean;
}

/** Says what was found, and that it stops where it must. */
export function told(findings: readonly Finding[]): Problem | undefined {
  for (const { id, severity, message, help } of findings)
    complain(`${severity}[${id}]: ${visible(message)}${help === undefined ? '' : `\n  = help: ${visible(help)}`}`);
  return findings.some(({ severity }) => severity === 'error')
    ? problem('nothing was changed', 'put it right and run this again', 1)
    : undefined;
}

/** Keys alone: nobody is shown a value. */
function named({ namespace, name, values, removed = [] }: SecretChange): string {
  const keys = [...Object.keys(values), ...removed.map((key) => `without ${key}`)];
  return `${namespace}/${name} (${keys.join(', ')})`;
}

export function dryRun(changes: readonly SecretChange[]): ExitCode {
  const all = changes.map(named).join(', ');
  print(`${changes.length === 0 ? 'would change no Secret' : `would change Secrets ${all}`}\nnothing was changed`);
  return 0;
}

export async function write({ client, plan, present }: Work, change: SecretChange): Promise<void> {
  await writeSecret(client, plan, change, present);
  print(`Secret ${named(change)}: written`);
}

/** Programs that take what any of the users shows when they start. */
export function readersOf(plan: Plan, users: readonly string[]): readonly Reader[] {
  return users.flatMap((user) => readersAtStart(plan, user));
}

export async function rollGateway({ client, seconds }: Work): Promise<boolean> {
  print('restarts Deployment gateway, which reads tokens when it starts');
  await restart(client, GATEWAY);
  return await rolledOut(client, GATEWAY, seconds);
}

export function notRolledOut(seconds: number): Problem {
  return problem(
    `Deployment gateway is not rolled out after ${formatDuration(seconds)}`,
    'its old pods go on as they were: see kubectl --namespace=observability get pods, and run this again',
    1,
  );
}
