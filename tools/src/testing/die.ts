import { commit, recover, type Step } from '../workspace/journal.ts';

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
else commit(root, changes.cluster, { write: new Map(Object.entries(changes.write)), remove: changes.remove }, step);
process.stdout.write(String(steps));
