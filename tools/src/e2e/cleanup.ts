import { complain } from '../console.ts';

/** What a run changes on this machine, and how each is put back. */
export interface Cleanup {
  /** @param undo runs once, after those that were added later; it cannot wait for anything */
  readonly add: (undo: () => void) => void;
  readonly run: () => void;
}

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** A signal puts everything back too; the cluster stays as it is at that moment. */
export function startCleanup(): Cleanup {
  const steps: (() => void)[] = [];
  const run = (): void => {
    for (const undo of steps.splice(0).toReversed()) {
      try {
        undo();
      } catch (error) {
        complain(`warning: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  const handlers = Object.entries(SIGNALS).map(([signal, number]) => {
    const stop = (): void => {
      complain(`ended by ${signal}; what is in the cluster stays there`);
      run();
      process.exit(128 + number);
    };
    process.once(signal, stop);
    return { signal, stop };
  });
  return {
    add: (undo) => {
      steps.push(undo);
    },
    run: () => {
      run();
      for (const { signal, stop } of handlers) process.off(signal, stop);
    },
  };
}
