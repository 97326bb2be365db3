import type { Cleanup } from '../cleanup.ts';
import type { Environment } from '../environment.ts';
import { countScrapes, type Counter } from './counter.ts';
import { exporterNames, exporters, type ExporterName } from './exporters/index.ts';
import { machineAt, type Machine } from './machine.ts';
import { startSender, type Destination } from './sender.ts';
import { SENDER, SENT, type Shown } from './sources.ts';

/** All that runs on this machine, outside the cluster, and shows or sends metrics. */
export interface Workshop {
  readonly machine: Machine;
  readonly counter: Counter;
  readonly shown: Shown;
  /** Why something does not run, where it does not. */
  readonly absent: ReadonlyMap<Part, string>;
}

export type Part = ExporterName | 'sender' | 'promtool';

/** Starts what can be started; of the rest it is known why it cannot. */
export async function openWorkshop(
  { address, unpack }: Pick<Environment, 'address' | 'unpack'>,
  cleanup: Cleanup,
  destination: Destination,
): Promise<Workshop> {
  const counter = await countScrapes(address, cleanup);
  const absent = new Map<Part, string>();
  const shown: Partial<Record<ExporterName, string>> = {};
  const installed = machineAt(address, cleanup);
  const { machine, failure } = await furnished(installed, unpack);
  const find = (program: string): string => {
    const path = machine.find(program);
    if (path === undefined) throw new Error([`there is no ${program} on this machine`, ...failure].join(': '));
    return path;
  };
  const attempt = async (name: Part, start: () => Promise<void> | void): Promise<void> => {
    try {
      await start();
    } catch (error) {
      absent.set(name, message(error));
    }
  };
  await Promise.all([
    ...exporterNames.map((name) =>
      attempt(name, async () => {
        shown[name] = await exporters[name].start(machine, find);
      }),
    ),
    attempt('sender', async () => {
      const page = { at: counter.at, path: SENT };
      await startSender(cleanup, find('prometheus'), page, destination, { sender: SENDER.name });
    }),
    attempt('promtool', () => {
      find('promtool');
    }),
  ]);
  return { machine, counter, shown: { ...shown, counter: counter.at }, absent };
}

/** The machine with the packages of the programs that it lacks, where they can be had. */
async function furnished(
  machine: Machine,
  unpack: Environment['unpack'],
): Promise<{ readonly machine: Machine; readonly failure: readonly string[] }> {
  const packages = lackingPackages(machine.find);
  if (packages.length === 0 || unpack === undefined) return { machine, failure: [] };
  try {
    return { machine: machineAt(machine.address, machine.cleanup, [await unpack(packages)]), failure: [] };
  } catch (error) {
    return { machine, failure: [message(error)] };
  }
}

/** Debian's packages of the programs that are not there. */
export function lackingPackages(find: Machine['find']): readonly string[] {
  const programs = exporterNames.flatMap((name) => Object.entries(exporters[name].programs));
  return [...new Set(programs.flatMap(([program, debian]) => (find(program) === undefined ? [debian] : [])))];
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
