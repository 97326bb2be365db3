import { get, list, text, type Json, type Manifest, type Path } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** A Service that a route of a Gateway, or an Ingress, leads to from outside. */
export interface Backend {
  readonly manifest: Manifest;
  readonly service: string;
  readonly namespace: string;
  /** A number, or for an Ingress the name of one. */
  readonly port: number | string | undefined;
  /** Where the Service and its port are named. */
  readonly place: Path;
  readonly portPlace: Path;
  /** Exact paths that lead there. */
  readonly exact: readonly string[];
}

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'];

export const ENTRY_KINDS: readonly string[] = [...ROUTES, 'Ingress'];

/** Everything that leads from outside to a Service of the cluster. */
export function backendsOf(cluster: ClusterView): readonly Backend[] {
  return ENTRY_KINDS.flatMap((kind) => cluster.ofKind(kind)).flatMap(backendsIn);
}

export function backendsIn(manifest: Manifest): readonly Backend[] {
  return manifest.kind === 'Ingress' ? ofIngress(manifest) : ofRoute(manifest);
}

function ofRoute(manifest: Manifest): readonly Backend[] {
  return list(manifest.body, 'spec', 'rules').flatMap((rule, at) =>
    list(rule, 'backendRefs').flatMap((backend, index): readonly Backend[] => {
      if ((text(backend, 'kind') ?? 'Service') !== 'Service') return [];
      const place = ['spec', 'rules', at, 'backendRefs', index];
      const port = get(backend, 'port');
      return [
        {
          manifest,
          service: text(backend, 'name') ?? '',
          namespace: text(backend, 'namespace') ?? manifest.namespace,
          port: typeof port === 'number' ? port : undefined,
          place: [...place, 'name'],
          portPlace: [...place, 'port'],
          exact: list(rule, 'matches').flatMap((match) => exactIn(match)),
        },
      ];
    }),
  );
}

/** A method of gRPC is a path, too; where only one half of it is said, it is any of several. */
function exactIn(match: Json): readonly string[] {
  const [service, method] = [text(match, 'method', 'service'), text(match, 'method', 'method')];
  if (service !== undefined && method !== undefined && text(match, 'method', 'type') !== 'RegularExpression')
    return [`/${service}/${method}`];
  return text(match, 'path', 'type') === 'Exact' ? [text(match, 'path', 'value') ?? '/'] : [];
}

function ofIngress(manifest: Manifest): readonly Backend[] {
  const { body, namespace } = manifest;
  const one = (backend: Json | undefined, path: Path, exact: readonly string[]): readonly Backend[] => {
    const service = text(backend, 'service', 'name');
    if (service === undefined) return [];
    const number = get(backend, 'service', 'port', 'number');
    const place = [...path, 'service', 'name'];
    const named = typeof number === 'number' ? number : text(backend, 'service', 'port', 'name');
    return [{ manifest, service, namespace, port: named, place, portPlace: [...path, 'service', 'port'], exact }];
  };
  const rules = list(body, 'spec', 'rules').flatMap((rule, at) =>
    list(rule, 'http', 'paths').flatMap((path, index) =>
      one(
        get(path, 'backend'),
        ['spec', 'rules', at, 'http', 'paths', index, 'backend'],
        text(path, 'pathType') === 'Exact' ? [text(path, 'path') ?? '/'] : [],
      ),
    ),
  );
  return [...one(get(body, 'spec', 'defaultBackend'), ['spec', 'defaultBackend'], []), ...rules];
}
