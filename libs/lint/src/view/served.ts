import { get, list, text, type Manifest } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';
import { grafanasOf } from './grafana-settings.ts';
import { listenersOf } from './listening.ts';
import { directivesOf, parseNginx } from './nginx.ts';
import { flag, setting, type Program } from './program.ts';
import { runs } from './rings.ts';

/** How a program serves one of its ports. */
export interface Served {
  readonly port: number;
  readonly tls: boolean;
  /** File with the certificate, where the configuration says which. */
  readonly certificate?: string;
}

/** The ports of which the configuration says whether they are TLS; empty for programs that nobody here knows. */
export function servedBy(cluster: ClusterView, program: Program): readonly Served[] {
  const { name } = program;
  if (name === 'loki' || name === 'mimir' || name === 'tempo') return [...servers(program), ...receivers(program)];
  if (name.startsWith('nginx')) return ofNginx(program);
  const [first] = listenersOf(program);
  if (first === undefined) return [];
  if (name === 'prometheus') return [{ port: first.port, tls: flag(program, 'web.config.file') !== undefined }];
  if (name !== 'grafana') return [];
  const grafana = grafanasOf(cluster).find((one) => one.program === program);
  return grafana === undefined
    ? []
    : [{ port: first.port, tls: /^(?:https|h2)$/.test(grafana.setting('server', 'protocol')?.value ?? '') }];
}

/** How the port of a workload is served, if somebody knows. */
export function servedAt(cluster: ClusterView, workload: Program['workload'], port: number): Served | undefined {
  return cluster.programs
    .filter((program) => program.workload === workload)
    .flatMap((program) => servedBy(cluster, program))
    .find((served) => served.port === port);
}

function servers(program: Program): readonly Served[] {
  const [http, grpc] = listenersOf(program);
  if (http === undefined || grpc === undefined) return [];
  return (
    [
      [http.port, 'http_tls_config'],
      [grpc.port, 'grpc_tls_config'],
    ] as const
  ).map(([port, key]) => servedWith(port, setting(program, 'server', key, 'cert_file')?.value));
}

function receivers(program: Program): readonly Served[] {
  if (program.name !== 'tempo' || !runs(program, 'distributor')) return [];
  return ['grpc', 'http'].flatMap((protocol) => {
    const path = ['distributor', 'receivers', 'otlp', 'protocols', protocol];
    const endpoint = setting(program, ...path, 'endpoint')?.value;
    const port = typeof endpoint === 'string' ? Number(endpoint.split(':').at(-1)) : Number.NaN;
    return Number.isInteger(port) ? [servedWith(port, setting(program, ...path, 'tls', 'cert_file')?.value)] : [];
  });
}

function servedWith(port: number, file: unknown): Served {
  return typeof file === 'string' && file !== '' ? { port, tls: true, certificate: file } : { port, tls: false };
}

function ofNginx({ config }: Program): readonly Served[] {
  return directivesOf(parseNginx(config?.text ?? '')).flatMap(({ directive: { name, args } }) => {
    const port = name === 'listen' ? Number(args[0]?.text.split(':').at(-1)) : Number.NaN;
    return Number.isInteger(port) ? [{ port, tls: args.some((arg) => arg.text === 'ssl') }] : [];
  });
}

/** The Certificate that a program shows at a port; `undefined` where its files come from elsewhere. */
export function certificateOf(
  cluster: ClusterView,
  { pod, namespace, containers }: Program['workload'],
  { certificate }: Served,
): Manifest | undefined {
  const mounts = containers.flatMap(({ body }) => list(body, 'volumeMounts'));
  const mounted = list(pod, 'volumes').flatMap((volume) => {
    const secret = text(volume, 'secret', 'secretName');
    const paths = mounts.flatMap((mount) =>
      get(mount, 'name') === get(volume, 'name') ? (text(mount, 'mountPath') ?? []) : [],
    );
    return secret === undefined ? [] : [{ secret, paths }];
  });
  return cluster.ofKind('Certificate').find((one) => {
    const name = text(one.body, 'spec', 'secretName');
    const use = mounted.find(({ secret }) => secret === name && one.namespace === namespace);
    return (
      use !== undefined && (certificate === undefined || use.paths.some((path) => certificate.startsWith(`${path}/`)))
    );
  });
}

/** True where a certificate bears a name, as itself or by a wildcard for its first part. */
export function bears({ body }: Manifest, host: string): boolean {
  const names = namesOn(body);
  return names.includes(host) || names.includes(host.replace(/^[^.]+/, '*'));
}

function namesOn(body: Manifest['body']): readonly string[] {
  return list(body, 'spec', 'dnsNames').filter((name) => typeof name === 'string');
}
