import { argPath, get, type Container, type Json, type Path, type Workload } from '@lgtm-fleet/manifests';
import { inConfig, inManifest } from '../place.ts';
import type { Place } from '../types.ts';
import { mountedFiles, type ConfigFile, type MountedFile } from './config-file.ts';

/** A program that runs in a container, with what configures it. */
export interface Program {
  /** By its image: `loki`, `mimir`, `tempo`, `grafana`, `alloy`, `nginx-unprivileged`, `memcached`, `kafka` … */
  readonly name: string;
  /** What it runs as: the value of its flag `-target`, else `all`. */
  readonly target: string;
  /** `3.7.8`: the tag of its image without a leading `v`. */
  readonly version: string;
  readonly workload: Workload;
  readonly container: Container;
  readonly files: readonly MountedFile[];
  /** The file that its flag `-config.file` names (for Alloy its folder of files: the first). */
  readonly config: ConfigFile | undefined;
}

/** A value that a program runs with, and the place that sets it. */
export interface Setting {
  readonly value: Json;
  readonly place: Place;
}

export function programOf(
  workload: Workload,
  container: Container,
  configs: ReadonlyMap<string, readonly ConfigFile[]>,
): Program {
  const files = mountedFiles(workload, container, configs);
  const named = flagValue(container.args, 'config.file') ?? container.args.find((arg) => arg.startsWith('/etc/'));
  const config =
    files.find(({ path }) => path === named) ??
    files.find(({ path }) => named !== undefined && path.startsWith(`${named}/`));
  return {
    name: container.program,
    target: flagValue(container.args, 'target') ?? 'all',
    version: container.tag.replace(/^v/, ''),
    workload,
    container,
    files,
    config: config?.config,
  };
}

/** The value in the program's configuration file at a path: `setting(loki, 'common', 'replication_factor')`. */
export function setting(program: Program, ...path: Path): Setting | undefined {
  const { config } = program;
  const value = get(config?.value, ...path);
  return config === undefined || value === undefined ? undefined : { value, place: inConfig(config, ...path) };
}

/** The value of a flag among the arguments, with one dash or two; `true` for one without a value. */
export function flag(program: Program, name: string): Setting | undefined {
  const { container, workload } = program;
  const value = flagValue(container.args, name);
  if (value === undefined) return undefined;
  const index = container.args.findIndex((arg) => isFlag(arg, name));
  return { value, place: inManifest(workload.manifest, ...argPath(container, index)) };
}

function flagValue(args: readonly string[], name: string): string | undefined {
  const arg = args.find((candidate) => isFlag(candidate, name));
  if (arg === undefined) return undefined;
  return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : 'true';
}

function isFlag(arg: string, name: string): boolean {
  return [`-${name}`, `--${name}`].some((dashed) => arg === dashed || arg.startsWith(`${dashed}=`));
}
