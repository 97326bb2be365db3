import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { print, complain, type ExitCode } from '../console.ts';
import { startCleanup, type Cleanup } from '../e2e/cleanup.ts';
import type { Environment } from '../e2e/environment.ts';
import { host } from '../e2e/environments/host.ts';
import { testbed } from '../e2e/environments/testbed.ts';
import { endPrograms } from '../e2e/programs.ts';
import { passed, table, type CheckResult, type Report } from '../e2e/report.ts';
import type { Missing } from '../e2e/images.ts';
import type { Place, ScenarioResult } from '../e2e/scenario.ts';
import { distributed } from '../e2e/scenarios/distributed.ts';
import { faults } from '../e2e/scenarios/faults.ts';
import { highlyAvailable } from '../e2e/scenarios/highly-available.ts';
import { outside } from '../e2e/scenarios/outside.ts';
import { restore } from '../e2e/scenarios/restore.ts';
import { single } from '../e2e/scenarios/single.ts';
import { connect, type Connection } from '../kubernetes/connect.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';

export interface E2eOptions {
  readonly scenarios: string;
  readonly context?: string;
  readonly testbed: string;
  readonly gitAddress?: string;
  readonly report: string;
}

const SCENARIOS: Readonly<Record<string, (place: Place) => Promise<ScenarioResult>>> = {
  single,
  outside,
  'highly-available': highlyAvailable,
  distributed,
  faults,
  restore,
};

const ROOT = join(import.meta.dirname, '../../..');

/** Proves on a real cluster that telemetry goes in, comes out, is correlated, and survives. */
export async function e2e(options: E2eOptions): Promise<ExitCode | Problem> {
  const unknown = options.scenarios.split(',').find((name) => SCENARIOS[name] === undefined);
  if (unknown !== undefined)
    return problem(`there is no scenario '${unknown}'`, `there is ${Object.keys(SCENARIOS).join(', ')}`);
  const connection = await connect(options.context);
  if (isProblem(connection)) return connection;
  const cleanup = startCleanup();
  cleanup.add(endPrograms);
  try {
    const environment = await environmentOf(options, connection, cleanup);
    return isProblem(environment)
      ? environment
      : await play(options, { environment, client: connection.client, cleanup }, connection.version);
  } finally {
    cleanup.run();
  }
}

async function play(options: E2eOptions, place: Place, version: string): Promise<ExitCode> {
  const start = performance.now();
  const checks: CheckResult[] = [];
  const missing: Missing[] = [];
  for (const name of options.scenarios.split(',')) {
    const result = await SCENARIOS[name]?.(place);
    checks.push(...(result?.checks ?? []));
    missing.push(...(result?.missing ?? []));
  }
  const { environment } = place;
  const report: Report = {
    environment: `${environment.name}; kills: ${environment.killing}`,
    kubernetes: version,
    missingImages: [...new Map(missing.map((one) => [one.image, one])).values()],
    seconds: (performance.now() - start) / 1000,
    checks,
  };
  const file = resolve(ROOT, options.report);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  for (const { component, image } of report.missingImages)
    complain(`this cluster cannot get ${image}: checks of ${component} did not run`);
  print(table(report));
  return passed(report) ? 0 : 1;
}

async function environmentOf(
  options: E2eOptions,
  { client, config }: Connection,
  cleanup: Cleanup,
): Promise<Environment | Problem> {
  const program = resolve(ROOT, options.testbed);
  if (config.getCurrentCluster()?.name === 'testbed' && existsSync(program))
    return await testbed(program, config, cleanup);
  if (options.gitAddress === undefined)
    return problem(
      'Argo CD needs an address at which it can read the repositories of this test',
      'name an address of this machine that the cluster reaches, with --git-address; for kind: that of its Docker network',
    );
  return host(config, client, options.gitAddress, cleanup);
}
