import { list, object, strings, text, type Json, type JsonObject } from './json.ts';

/** A rendered resource: what Argo CD would apply. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for what has no namespace. */
  readonly namespace: string;
  readonly body: JsonObject;
  /** The folder that Kustomize built it from: `overlays/prod-eu/loki`. */
  readonly folder: string;
}

/** `StatefulSet observability/loki`: how messages name an object. */
export function describe({ kind, namespace, name }: Pick<Manifest, 'kind' | 'namespace' | 'name'>): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** What tells one object of a cluster from all others: group (its versions are one object), kind, namespace and name. */
export function identity({ apiVersion, kind, namespace, name }: Manifest): string {
  return [groupOf(apiVersion), kind, namespace, name].join('/');
}

/** `apps` of `apps/v1`; empty for the core. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

export function labelsOf(manifest: Manifest): Readonly<Record<string, string>> {
  return strings(manifest.body, 'metadata', 'labels');
}

export function annotationsOf(manifest: Manifest): Readonly<Record<string, string>> {
  return strings(manifest.body, 'metadata', 'annotations');
}

/** The manifest that an object says it is; `undefined` where it lacks a kind or a name. */
export function manifestOf(body: JsonObject, folder: string): Manifest | undefined {
  const apiVersion = text(body, 'apiVersion');
  const kind = text(body, 'kind');
  const name = text(body, 'metadata', 'name') ?? text(body, 'metadata', 'generateName');
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return { apiVersion, kind, name, namespace: text(body, 'metadata', 'namespace') ?? '', body, folder };
}

/** True where every pair of a selector stands among the labels; an empty selector takes all. */
export function matches(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** A LabelSelector as the API server reads it: `matchLabels` and `matchExpressions`, all of them. */
export function selects(selector: Json | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (!matches(strings(selector, 'matchLabels'), labels)) return false;
  return list(selector, 'matchExpressions').every((expression) => {
    const value = labels[text(expression, 'key') ?? ''];
    const values = list(expression, 'values');
    switch (text(expression, 'operator')) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}

/** True for a LabelSelector that says nothing, and so takes everything. */
export function selectsAll(selector: Json | undefined): boolean {
  return Object.keys(object(selector, 'matchLabels')).length === 0 && list(selector, 'matchExpressions').length === 0;
}

/**
 * Kustomize appends a hash of the content to the names that it generates, in an alphabet without vowels and
 * without digits that look like them.
 */
const HASHED = /^(.+)-[2456789bcdfghkmt]{10}$/;

/** `loki-config` of `loki-config-h7486992gg`; undefined for a name without a hash. */
export function withoutHash(name: string): string | undefined {
  return HASHED.exec(name)?.[1];
}
