import { inText } from '../place.ts';
import type { Place } from '../types.ts';
import { addressesIn } from './address-text.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import { directivesOf, parseNginx, type NginxDirective, type NginxWord } from './nginx.ts';
import type { Program } from './program.ts';
import { nameOf, serviceNamed, type Service } from './services.ts';

/** A block `location` of nginx, with what holds in it. */
export interface Location {
  /** As written: `~ ^/alertmanager`. */
  readonly title: string;
  readonly modifier: string;
  readonly pattern: string;
  readonly place: Place;
  /** True where its server listens on loopback alone: who comes there is a container of the same pod. */
  readonly ofPod: boolean;
  /** Where a request is passed on to, its variables filled in: `http://loki.…:3100`; `undefined` where none is. */
  readonly upstream: NginxWord | undefined;
  /** The Service that it is passed to, where the cluster has it. */
  readonly service: Service | undefined;
  /** The directive of that name that holds here: the location's own, else of the blocks around it. */
  readonly directive: (name: string) => NginxDirective | undefined;
  /** The directive that sets a header of the requests that are passed on, by what passes them on. */
  readonly setter: 'proxy_set_header' | 'grpc_set_header';
  /** What sets a header of the requests that are passed on: `undefined` where it stays as it came. */
  readonly header: (name: string) => NginxDirective | undefined;
  /** True for a directive that stands in the location itself. */
  readonly isOwn: (directive: NginxDirective) => boolean;
  /** The place of a directive; of the location itself where there is none. */
  readonly at: (directive: NginxDirective | undefined) => Place;
}

/** A server of nginx in front of the stores. */
export interface Gateway {
  readonly program: Program;
  readonly config: ConfigFile;
  readonly locations: readonly Location[];
}

const known = new WeakMap<ClusterView, readonly Gateway[]>();

/** Every nginx of the cluster that passes requests on. */
export function gatewaysOf(cluster: ClusterView): readonly Gateway[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const found = cluster.programs.flatMap((program): readonly Gateway[] => {
    const { config } = program;
    if (config === undefined || !program.name.startsWith('nginx')) return [];
    const all = directivesOf(parseNginx(config.text));
    const locations = all
      .filter(({ directive: { name, body } }) => name === 'location' && body !== undefined)
      .map(({ directive, within }) => locationOf(cluster, program, config, [...within, directive]));
    return locations.some(({ upstream }) => upstream !== undefined) ? [{ program, config, locations }] : [];
  });
  known.set(cluster, found);
  return found;
}

/** @param blocks from the outside to the location itself */
function locationOf(
  cluster: ClusterView,
  program: Program,
  config: ConfigFile,
  blocks: readonly NginxDirective[],
): Location {
  const self = blocks.at(-1);
  const args = self?.args ?? [];
  const inner = blocks.toReversed().map((block) => block.body ?? []);
  const directive = (name: string): NginxDirective | undefined =>
    inner.map((body) => body.find((one) => one.name === name)).find((one) => one !== undefined);
  const pass = inner[0]?.find(({ name }) => /^(?:proxy|grpc)_pass$/.test(name));
  const setter = pass?.name === 'grpc_pass' ? 'grpc_set_header' : 'proxy_set_header';
  // A block that sets one header of its own takes none from the blocks around it.
  const headers = inner.map((body) => body.filter(({ name }) => name === setter)).find((own) => own.length > 0);
  const [passed] = pass?.args ?? [];
  const upstream = passed && { ...passed, text: filled(passed.text, inner) };
  const host = addressesIn(upstream?.text.split('$', 1)[0] ?? '')[0]?.host;
  const name = host === undefined ? undefined : nameOf(cluster, host, program.workload.namespace);
  const at = (one: NginxDirective | undefined): Place => inText(config, (one ?? self)?.span ?? { start: 0, end: 0 });
  return {
    title: args.map(({ text }) => text).join(' '),
    modifier: args.length > 1 ? (args[0]?.text ?? '') : '',
    pattern: args.at(-1)?.text ?? '',
    place: at(self),
    ofPod: isOfPod(blocks.find((one) => one.name === 'server')),
    upstream,
    service: name && serviceNamed(cluster, name),
    directive,
    setter,
    header: (wanted) => headers?.find(({ args: [header] }) => header?.text.toLowerCase() === wanted.toLowerCase()),
    isOwn: (one) => inner[0]?.includes(one) === true,
    at,
  };
}

function isOfPod(server: NginxDirective | undefined): boolean {
  const addresses = (server?.body ?? []).filter(({ name }) => name === 'listen').map(({ args }) => args[0]?.text ?? '');
  return (
    addresses.length > 0 && addresses.every((address) => /^(?:127\.|\[::1\]|localhost(?::|$)|unix:)/.test(address))
  );
}

/** Fills in variables that are set to a constant in the same block or around it. */
function filled(text: string, inner: readonly (readonly NginxDirective[])[]): string {
  return text.replace(/\$(\w+)/g, (variable) => {
    const set = inner.flat().find(({ name, args }) => name === 'set' && args[0]?.text === variable);
    const value = set?.args[1]?.text;
    return value === undefined || value.includes('$') ? variable : value;
  });
}

/** The location that nginx takes for a path: an exact one, then expressions in their order, then the longest prefix. */
export function locationFor({ locations }: Gateway, path: string): Location | undefined {
  const exact = locations.find(({ modifier, pattern }) => modifier === '=' && pattern === path);
  if (exact !== undefined) return exact;
  const prefixes = locations
    .filter(({ modifier, pattern }) => (modifier === '' || modifier === '^~') && path.startsWith(pattern))
    .toSorted((left, right) => right.pattern.length - left.pattern.length);
  const [longest] = prefixes;
  if (longest?.modifier === '^~') return longest;
  return (
    locations.find(({ modifier, pattern }) => modifier.startsWith('~') && isMatch(pattern, modifier, path)) ?? longest
  );
}

/**
 * Whether an expression is tried at all. JavaScript tries every way to match, so repetition in repetition takes for
 * ever; without it the ways are as many as the path has places for a few repetitions.
 */
function isQuick(pattern: string): boolean {
  const repeated = pattern.match(/[*+{]/g)?.length ?? 0;
  const optional = pattern.match(/\?(?!:)/g)?.length ?? 0;
  return pattern.length <= MAX_PATTERN && repeated <= 4 && optional <= 8 && !/\)[*+{]|\\\d/.test(pattern);
}

const MAX_PATTERN = 1000;

function isMatch(pattern: string, modifier: string, path: string): boolean {
  if (!isQuick(pattern)) return false;
  try {
    return new RegExp(pattern, modifier === '~*' ? 'i' : '').test(path);
  } catch {
    // An expression that only PCRE reads: nobody here can say.
    return false;
  }
}
