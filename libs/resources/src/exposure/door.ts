/** What a request's path must be; a prefix is the path itself and everything below it. */
export interface PathMatch {
  readonly type: 'Exact' | 'PathPrefix';
  readonly value: string;
}

/** A host name and the Service beside it that answers there, as HTTPRoute and Ingress both can say it. */
export interface Door {
  /** Of the route or the Ingress. */
  readonly name: string;
  /** Of the Service, and of the component. */
  readonly service: string;
  readonly port: number;
  readonly hostname: string;
  /** Absent: every path. */
  readonly paths?: readonly PathMatch[];
  /** Paths, and everything below them, that lead nowhere. */
  readonly closed?: readonly string[];
}

/** Labels of what belongs to a component and to no role of it. */
export function labelsOf(component: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': component };
}
