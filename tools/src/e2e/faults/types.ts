import type { ComponentName } from '@lgtm-fleet/plan';
import type { Stage } from '../scenario.ts';

/** An alert, of the thing that one of its labels names. */
export interface Told {
  readonly name: string;
  /** Absent where the alert is about one thing only. */
  readonly of?: RegExp;
}

/** Something that breaks, as it breaks for people. Each file beside this one is one. */
export interface Fault {
  /** What somebody did, or what happened. */
  readonly name: string;
  /** Components whose Applications are paused meanwhile, for Argo CD would undo the fault at once. */
  readonly paused: readonly ComponentName[];
  /** Returns what undoes that which Argo CD does not undo by itself once it syncs again. */
  readonly put: (on: Stage) => Promise<() => Promise<void>>;
  /** What the doctor has to say: one of these checks, about this place, and not below anything else. */
  readonly cause: { readonly checks: readonly string[]; readonly where: RegExp };
  /**
   * The alert that tells people of it. Its page leads to the cause: it is the page of the cause, or links to it.
   * Undefined where nothing there tells, and only somebody who asks the doctor learns of it.
   */
  readonly alert?: Told;
}

/** There is nothing that Argo CD or the kubelet would not undo. */
export const nothing = (): Promise<void> => Promise.resolve();
