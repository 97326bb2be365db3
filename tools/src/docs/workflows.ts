import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { read, root } from './pages.ts';

/** A workflow of GitHub, as far as the tests look into it. */
export interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on'?: string;
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const FOLDER = '.github/workflows';

export const workflowFiles: readonly string[] = readdirSync(join(root, FOLDER)).map((name) => `${FOLDER}/${name}`);

export function workflow(path: string): Workflow {
  return parse(read(path)) as Workflow;
}

export const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps = [] }) => steps);

/** Commands that the steps run, one a line; in the background or with its output kept it is the same command. */
export function linesOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ run = '' }) => run.split('\n').map((line) => line.trim().replace(/ (&|> \S+)$/, '')));
}
