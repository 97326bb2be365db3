import { list, text, type Json, type Manifest, type Path } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** A host name that a route of a Gateway, or an Ingress, answers to. */
export interface Hostname {
  readonly host: string;
  readonly route: Manifest;
  /** Where it stands in the manifest. */
  readonly path: Path;
}

const KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'Ingress'];

export function hostnamesOf(cluster: ClusterView): readonly Hostname[] {
  return KINDS.flatMap((kind) => cluster.ofKind(kind)).flatMap((route) => hostnamesIn(route));
}

export function hostnamesIn(route: Manifest): readonly Hostname[] {
  const one = (host: Json | undefined, path: Path): readonly Hostname[] =>
    typeof host === 'string' ? [{ host: host.toLowerCase(), route, path }] : [];
  return route.kind === 'Ingress'
    ? list(route.body, 'spec', 'rules').flatMap((rule, at) => one(text(rule, 'host'), ['spec', 'rules', at, 'host']))
    : list(route.body, 'spec', 'hostnames').flatMap((host, index) => one(host, ['spec', 'hostnames', index]));
}

/** True where a route takes requests to a host; one without host names takes all, `*.example.com` any below. */
export function answersTo(route: Manifest, host: string): boolean {
  const hosts = hostnamesIn(route);
  return hosts.length === 0 || hosts.some((name) => covers(name.host, host.toLowerCase()));
}

/** True where a name, or all of a domain as a Gateway has it, is or has the host. */
export function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.endsWith(name.slice(1)));
}

/** True where some match of a route takes a path. */
export function takesPath(route: Manifest, path: string): boolean {
  if (route.kind === 'Ingress')
    return list(route.body, 'spec', 'rules')
      .flatMap((rule) => list(rule, 'http', 'paths'))
      .some((one) => {
        const type = text(one, 'pathType') === 'Exact' ? 'Exact' : 'PathPrefix';
        return isTaken({ path: { type, value: text(one, 'path') ?? '/' } }, path);
      });
  return list(route.body, 'spec', 'rules').some((rule) => {
    const matches = list(rule, 'matches');
    // Rules without a backend answer 404 or redirect: they keep requests out.
    if (list(rule, 'backendRefs').length === 0) return false;
    return matches.length === 0 || matches.some((match) => isTaken(match, path));
  });
}

function isTaken(match: Parameters<typeof text>[0], path: string): boolean {
  const value = text(match, 'path', 'value') ?? '/';
  const type = text(match, 'path', 'type') ?? 'PathPrefix';
  if (type === 'Exact') return path === value;
  // What a regular expression means is up to the Gateway.
  if (type !== 'PathPrefix') return true;
  const prefix = value.replace(/\/$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}
