import type { Path } from './locate.ts';

/** What is wrong with a cluster that has the right shape, by the path of what shows it. */
export interface Fault {
  readonly id: string;
  readonly path: Path;
  readonly message: string;
  readonly label?: string;
  readonly help?: string;
  /** True where the key is what is wrong, not its value. */
  readonly atKey?: boolean;
}
