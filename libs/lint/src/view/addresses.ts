import { endpoints, parseAlloy } from '@lgtm-fleet/alloy';
import type { Span } from '@lgtm-fleet/diagnostics';
import { argPath, get, isObject, text, type Json, type Path } from '@lgtm-fleet/manifests';
import { inConfig, inManifest, inText } from '../place.ts';
import type { Place } from '../types.ts';
import { addressesIn, type AddressText } from './address-text.ts';
import { loadBalancedPort } from './alloy-ports.ts';
import { callersOf, isOwnAddress } from './callers.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import { isDashboard } from './dashboards.ts';
import { directivesOf, parseNginx } from './nginx.ts';
import type { Program } from './program.ts';

/** An address in some configuration: file, environment or flag. */
export interface Address extends AddressText {
  readonly place: Place;
  /** What it is the value of: `frontend.scheduler_address`, `proxy_pass`, `--join`. */
  readonly key: string;
  /** Those that have it in their configuration. */
  readonly programs: readonly Program[];
  /** Those that open connections to it. */
  readonly callers: readonly Program[];
}

const known = new WeakMap<ClusterView, readonly Address[]>();

/** Every address that a program of the cluster is configured with; addresses that are numbers need no looking up. */
export function addressesOf(cluster: ClusterView): readonly Address[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const readers = new Map<ConfigFile, Program[]>();
  for (const program of cluster.programs) {
    for (const { config } of program.files) readers.set(config, [...(readers.get(config) ?? []), program]);
  }
  const found = [
    ...[...readers].flatMap(([config, programs]) => inFileOf(config, programs)),
    ...cluster.programs.flatMap((program) => [...inEnvironment(program), ...inFlags(program)]),
  ];
  known.set(cluster, found);
  return found;
}

function inFileOf(config: ConfigFile, programs: readonly Program[]): readonly Address[] {
  // Its addresses are links, which people open in their browsers.
  if (isDashboard(config)) return [];
  const at = (key: string, value: string, place: Place): readonly Address[] =>
    isOwnAddress(key)
      ? []
      : addressesIn(value)
          .filter((parts) => isMeant(key, parts))
          .map((parts) => ({ ...parts, key, place, programs, callers: callersOf(programs, key) }));
  const inSpan = ({ key, value, span }: Said): readonly Address[] => at(key, value, inText(config, span));
  if (config.value !== undefined)
    return valuesOf(config.value).flatMap(({ path, value, parent }) =>
      srvOf(path, parent, at(keyOf(path), objectStore(path, parent, value), inConfig(config, ...path))),
    );
  if (config.key.endsWith('.alloy')) return alloyAddresses(config.text).flatMap(inSpan);
  if (config.key.endsWith('.conf')) return nginxAddresses(config.text).flatMap(inSpan);
  return assignments(config.text).flatMap(inSpan);
}

/** One word and a number may be anything; it is an address where its key says so. */
function isMeant(key: string, { host, scheme }: AddressText): boolean {
  return scheme !== '' || host.includes('.') || /addr|url|endpoint|host|server|members|peers|pass$|^set$/i.test(key);
}

/** Tempo names the SRV record's port beside the host: `host`, `service`. */
function srvOf(path: Path, parent: Json, found: readonly Address[]): readonly Address[] {
  const service = text(parent, 'service');
  if (path.at(-1) !== 'host' || path.at(-2) !== 'memcached' || service === undefined) return found;
  return found.map((address) => ({ ...address, srv: true, portName: service }));
}

/** The stores write the host of an object store alone; its port follows from `insecure`. */
function objectStore(path: Path, parent: Json, value: string): string {
  if (path.at(-1) !== 'endpoint' || path.at(-2) !== 's3' || !/^[\w.-]+$/.test(value)) return value;
  return `${value}:${get(parent, 'insecure') === true ? '80' : '443'}`;
}

interface Said {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

interface Value {
  readonly path: Path;
  readonly value: string;
  readonly parent: Json;
}

/** @param seen what an alias repeats is looked at once, or a few lines could be gigabytes */
function valuesOf(value: Json, path: Path = [], seen = new Set<Json>()): readonly Value[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const entries: readonly (readonly [string | number, Json])[] = isObject(value) ? Object.entries(value) : list(value);
  return entries.flatMap(([key, child]) =>
    typeof child === 'string'
      ? [{ path: [...path, key], value: child, parent: value }]
      : valuesOf(child, [...path, key], seen),
  );
}

function list(value: Json): readonly (readonly [number, Json])[] {
  return Array.isArray(value) ? [...(value as readonly Json[]).entries()] : [];
}

/** Indexes of lists are no part of a key. */
function keyOf(path: Path): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

function alloyAddresses(source: string): readonly Said[] {
  const { file } = parseAlloy(source);
  return endpoints(file).flatMap(({ component, argument, address, span }) => {
    if (address === undefined) return [];
    const port = loadBalancedPort(file, component, argument);
    return [{ key: `${component}.${argument}`, value: port === undefined ? address : `${address}:${port}`, span }];
  });
}

const NGINX_KEYS = /^(?:set|resolver|server|(?:proxy|grpc|uwsgi|fastcgi|scgi)_pass)$/;

function nginxAddresses(source: string): readonly Said[] {
  return directivesOf(parseNginx(source)).flatMap(({ directive: { name, args, body } }) => {
    if (!NGINX_KEYS.test(name) || body !== undefined) return [];
    const word = args[name === 'set' ? 1 : 0];
    if (word === undefined) return [];
    // From a variable on, only nginx knows what it is. A resolver is asked on port 53 unless it says another.
    const fixed = word.text.split('$', 1)[0] ?? '';
    const value = name === 'resolver' && !fixed.includes(':') ? `${fixed}:53` : fixed;
    return [{ key: name, value, span: word.span }];
  });
}

/** Lines `key = value` of `.ini` and `.properties` files. */
function assignments(source: string): readonly Said[] {
  return [...source.matchAll(/^([A-Za-z][\w.-]*)[ \t]*=[ \t]*(\S+)[ \t]*$/gm)].map((match) => {
    const [line, key = '', value = ''] = match;
    const start = match.index + line.lastIndexOf(value);
    return { key, value, span: { start, end: start + value.length } };
  });
}

function inEnvironment(program: Program): readonly Address[] {
  const { container, workload } = program;
  const names = Object.keys(container.env);
  return Object.entries(container.env).flatMap(([name, entry]) => {
    const path = [...container.path, 'env', names.indexOf(name), 'value'];
    return addressesIn(text(entry, 'value') ?? '').map((parts) => ({
      ...parts,
      key: name,
      place: inManifest(workload.manifest, ...path),
      programs: [program],
      callers: /(?:ROOT|EXTERNAL)_URL$/.test(name) ? [] : [program],
    }));
  });
}

function inFlags(program: Program): readonly Address[] {
  const { container, workload } = program;
  return container.args.flatMap((arg, index) => {
    const [, name = '', value = ''] = /^(--?[A-Za-z][\w.-]*)=(\S+)$/.exec(arg) ?? [];
    if (value === '' || /listen|advertise|external/.test(name)) return [];
    return addressesIn(value).map((parts) => ({
      ...parts,
      key: name,
      place: inManifest(workload.manifest, ...argPath(container, index)),
      programs: [program],
      callers: [program],
    }));
  });
}
