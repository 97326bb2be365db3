/** Who is in it queries by all of its data sources, so it has only those that all of its people may see. */
export interface OrganisationPlan {
  /** In Grafana; absent for the one that Grafana has from the start. */
  readonly name?: string;
  /** Names of the credentials by which its data sources query. */
  readonly credentials: readonly string[];
  /** Groups of the OIDC provider. Those that administer Grafana are in every organisation. */
  readonly viewers: readonly string[];
  readonly editors: readonly string[];
}

/** How a database that is a file is kept in a bucket of its own as well. */
export interface DatabaseBackup {
  readonly snapshotSeconds: number;
  /** How far back a day is that can be restored. */
  readonly keepSeconds: number;
}

export interface GrafanaPlan {
  readonly database:
    /** No backup where objects are files: it would lie beside what it is to outlive. */
    | { readonly kind: 'sqlite'; readonly backup?: DatabaseBackup }
    | { readonly kind: 'postgres'; readonly host: string; readonly name: string };
  /** Full address people open, without a slash at the end. */
  readonly rootUrl: string;
  /** The main one first. */
  readonly organisations: readonly OrganisationPlan[];
  /** A Pyroscope outside; where it asks who is there, Secret `grafana-profiles` says it. */
  readonly profiles?: { readonly url: string; readonly signsIn: boolean };
  readonly oidc?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly authorizationUrl: string;
    readonly tokenUrl: string;
    readonly userInfoUrl: string;
    /** Claim with a person's groups, and the scope that brings it where there is one. */
    readonly groupsClaim: string;
    readonly groupsScope?: string;
    /** Groups that administer Grafana. */
    readonly administrators: readonly string[];
  };
}
