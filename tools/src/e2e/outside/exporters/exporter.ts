import type { Machine } from '../machine.ts';

/** Something outside the cluster that shows metrics, by programs of Debian's packages. */
export interface Exporter {
  /** The programs that it needs, and Debian's package of each. */
  readonly programs: Readonly<Record<string, string>>;
  /**
   * Starts it, and whatever it tells of, until the cleanup.
   * @param find path of one of its programs
   * @return `host:port` at which pods can ask it
   */
  readonly start: (machine: Machine, find: (program: string) => string) => Promise<string>;
}
