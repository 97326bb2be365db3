import { commit, recover, stage, type Step } from '../workspace/journal.ts';

/** What `node die.ts` is told: the work, and the step after which the process kills itself. */
export interface Death {
  readonly root: string;
  readonly after: number;
  /** Nothing to finish only what an earlier death left behind. */
  readonly changes?: {
    readonly cluster: string;
    readonly write: Readonly<Record<string, string>>;
    readonly remove: readonly string[];
  };
}

const { root, after, changes } = JSON.parse(process.argv[2] ?? '') as Death;
let steps = 0;
const step: Step = () => {
  steps += 1;
  if (steps === after) process.kill(process.pid, 'SIGKILL');
};
if (changes === undefined) recover(root, step);
else {
  const { cluster, write, remove } = changes;
  stage(root, cluster, { write: new Map(Object.entries(write)), remove }, step);
  commit(root, cluster, step);
}
process.stdout.write(String(steps));
