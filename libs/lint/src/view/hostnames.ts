import { list, text, type Manifest } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** A host name that a route of a Gateway answers to. */
export interface Hostname {
  readonly host: string;
  readonly route: Manifest;
  readonly index: number;
}

const KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute'];

export function hostnamesOf(cluster: ClusterView): readonly Hostname[] {
  return KINDS.flatMap((kind) => cluster.ofKind(kind)).flatMap((route) =>
    list(route.body, 'spec', 'hostnames').flatMap((host, index) =>
      typeof host === 'string' ? [{ host: host.toLowerCase(), route, index }] : [],
    ),
  );
}

/** True where a route takes requests to a host; one without host names takes all, `*.example.com` any below. */
export function answersTo(route: Manifest, host: string): boolean {
  const hosts = list(route.body, 'spec', 'hostnames').filter((name) => typeof name === 'string');
  return hosts.length === 0 || hosts.some((name) => covers(name.toLowerCase(), host.toLowerCase()));
}

function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.endsWith(name.slice(1)));
}

/** True where some match of a route takes a path. */
export function takesPath(route: Manifest, path: string): boolean {
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
