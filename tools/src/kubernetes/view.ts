import { describe, type ApplicationState, type Expected, type Observation } from '@lgtm-fleet/bootstrap';
import { visible } from '@lgtm-fleet/diagnostics';
import { Listr, type ListrTaskWrapper, type DefaultRenderer, type SimpleRenderer } from 'listr2';
import { print } from '../console.ts';

/** Shows looks as they come; `end` lets go of the terminal. */
export interface View {
  readonly show: (observation: Observation) => void;
  readonly end: () => Promise<void>;
}

/** A task list where somebody watches, and plain lines in a pipe or in CI. */
export function viewOf(expected: readonly Expected[]): View {
  return process.stdout.isTTY && process.env['CI'] === undefined ? taskList(expected) : lines();
}

/** One line for each change of a state, and none twice: what crashes goes back and forth between two words. */
export function lines(write: (line: string) => void = print): View {
  const said = new Set<string>();
  return {
    show: ({ states }) => {
      for (const state of states) {
        const text = lineOf(state);
        if (state.sync === 'absent' || said.has(text)) continue;
        said.add(text);
        write(text);
      }
    },
    end: async () => {
      await Promise.resolve();
    },
  };
}

function lineOf(state: ApplicationState): string {
  return `${state.ready ? 'ready' : state.blocked ? 'stuck' : '     '}  ${state.name.padEnd(36)} ${visible(describe(state))}`;
}

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

function taskList(expected: readonly Expected[]): View {
  const tasks = new Map<string, { task: Task; resolve: () => void; reject: (error: Error) => void }>();
  const list = new Listr(
    expected.map(({ name }) => ({
      title: name,
      task: (_, task) =>
        new Promise<void>((resolve, reject) => {
          tasks.set(name, { task, resolve, reject });
        }),
    })),
    { concurrent: true, exitOnError: false, rendererOptions: { collapseErrors: false, showErrorMessage: true } },
  );
  const running = list.run();
  return {
    show: ({ states }) => {
      for (const state of states) {
        const shown = tasks.get(state.name);
        if (shown === undefined) continue;
        if (state.ready) {
          shown.resolve();
          tasks.delete(state.name);
        } else shown.task.output = visible(describe(state));
      }
    },
    end: async () => {
      for (const { task, reject } of tasks.values()) reject(new Error(task.output));
      await running;
    },
  };
}
