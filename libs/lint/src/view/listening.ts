import type { Json } from '@lgtm-fleet/manifests';
import { inManifest, inText } from '../place.ts';
import type { Place } from '../types.ts';
import { directivesOf, parseNginx } from './nginx.ts';
import { flag, setting, type Program } from './program.ts';

/** A port that a program listens on by its own configuration. */
export interface Listener {
  readonly port: number;
  /** What sets it: `server.http_listen_port`; says so where nothing does. */
  readonly setBy: string;
  /** Where it is set; the container's ports where the program's default holds. */
  readonly place: Place;
}

interface ServerPort {
  readonly key: 'http_listen_port' | 'grpc_listen_port';
  readonly standard: Readonly<Record<string, number>>;
}

// Defaults of the pinned versions.
const SERVER_PORTS: readonly ServerPort[] = [
  { key: 'http_listen_port', standard: { loki: 3100, mimir: 8080, tempo: 3200 } },
  { key: 'grpc_listen_port', standard: { loki: 9095, mimir: 9095, tempo: 9095 } },
];

/** Flags that hold an address to listen on, by program. */
const FLAGS: Readonly<Record<string, readonly [name: string, standard: number]>> = {
  alloy: ['server.http.listen-addr', 12_345],
  prometheus: ['web.listen-address', 9090],
  'node-exporter': ['web.listen-address', 9100],
};

/** The ports that a program is known to listen on; empty for programs that nobody here knows. */
export function listenersOf(program: Program): readonly Listener[] {
  const { name } = program;
  if (SERVER_PORTS[0]?.standard[name] !== undefined) return SERVER_PORTS.flatMap((port) => ofServer(program, port));
  const known = FLAGS[name];
  if (known !== undefined) return ofFlag(program, ...known);
  if (name === 'memcached') return ofMemcached(program);
  if (name === 'grafana') return ofGrafana(program);
  return name.startsWith('nginx') ? ofNginx(program) : [];
}

function ofServer(program: Program, { key, standard }: ServerPort): readonly Listener[] {
  const flagged = flag(program, `server.${key.replaceAll('_', '-')}`);
  const set = flagged ?? setting(program, 'server', key);
  const port = set === undefined ? standard[program.name] : numberOf(set.value);
  if (port === undefined) return [];
  const setBy = set === undefined ? `${program.name}'s default` : `server.${key}`;
  return [{ port, setBy, place: set?.place ?? portsOf(program) }];
}

function ofFlag(program: Program, name: string, standard: number): readonly Listener[] {
  const set = flag(program, name);
  const port =
    set === undefined
      ? standard
      : numberOf(typeof set.value === 'string' ? (set.value.split(':').at(-1) ?? '') : set.value);
  if (port === undefined) return [];
  return [{ port, setBy: set === undefined ? 'its default' : `--${name}`, place: set?.place ?? portsOf(program) }];
}

function ofMemcached(program: Program): readonly Listener[] {
  const { args } = program.container;
  const index = args.indexOf('-p');
  const port = index < 0 ? 11_211 : numberOf(args[index + 1] ?? '');
  return port === undefined ? [] : [{ port, setBy: index < 0 ? "memcached's default" : '-p', place: portsOf(program) }];
}

function ofNginx({ config }: Program): readonly Listener[] {
  if (config === undefined) return [];
  return directivesOf(parseNginx(config.text)).flatMap(({ directive: { name, args } }) => {
    const [word] = args;
    const port = name === 'listen' && word !== undefined ? numberOf(word.text.split(':').at(-1) ?? '') : undefined;
    return port === undefined || word === undefined
      ? []
      : [{ port, setBy: 'listen', place: inText(config, word.span) }];
  });
}

function ofGrafana(program: Program): readonly Listener[] {
  // A variable of the environment wins over the file.
  if (program.container.env['GF_SERVER_HTTP_PORT'] !== undefined) return [];
  const config = program.files.find(({ path }) => path.endsWith('.ini'))?.config;
  const match = /^http_port[ \t]*=[ \t]*(\d+)/m.exec(config?.text ?? '');
  if (match === null || config === undefined)
    return [{ port: 3000, setBy: "Grafana's default", place: portsOf(program) }];
  const [line, port = ''] = match;
  const end = match.index + line.length;
  return [{ port: Number(port), setBy: 'http_port', place: inText(config, { start: end - port.length, end }) }];
}

function portsOf({ workload, container }: Program): Place {
  return inManifest(workload.manifest, ...container.path, 'ports');
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'string') return /^\d+$/.test(value) ? Number(value) : undefined;
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}
