import type { ClusterSpec } from '@lgtm-fleet/spec';
import { planCredentials } from './credentials.ts';
import { keepsFiles } from './modes.ts';
import { planOrganisations } from './organisations.ts';
import type { DatabaseBackup, GrafanaPlan, TenantPlan } from './types.ts';

/** A database of some megabytes: a whole copy a day is nothing beside what the stores write. */
const BACKUP: DatabaseBackup = { snapshotSeconds: 86_400, keepSeconds: 14 * 86_400 };

/** Where Grafana keeps what it knows, how people come to it, and who sees what. */
export function planGrafana(cluster: ClusterSpec, tenants: readonly TenantPlan[]): GrafanaPlan {
  const { grafana, exposure, kubernetes, tls } = cluster.spec;
  const postgres = grafana.database?.postgres;
  return {
    database:
      postgres === undefined
        ? { kind: 'sqlite', ...(!keepsFiles(cluster) && { backup: BACKUP }) }
        : { kind: 'postgres', host: `${postgres.host}:${String(postgres.port)}`, name: postgres.name },
    rootUrl:
      exposure === undefined
        ? `${tls === undefined ? 'http' : 'https'}://grafana.observability.svc.${kubernetes.clusterDomain}:3000`
        : `https://${exposure.grafana.hostname}`,
    organisations: planOrganisations(tenants, planCredentials(cluster)),
    ...(grafana.profiles !== undefined && {
      profiles: { url: grafana.profiles.url, signsIn: grafana.profiles.basicAuth },
    }),
    ...(grafana.oidc !== undefined && { oidc: planOidc(grafana.oidc) }),
  };
}

/** Grafana reads no discovery document, so the three addresses are derived where they are not said. */
function planOidc(oidc: NonNullable<ClusterSpec['spec']['grafana']['oidc']>): NonNullable<GrafanaPlan['oidc']> {
  const base = oidc.issuer.replace(/\/+$/, '');
  return {
    issuer: oidc.issuer,
    clientId: oidc.clientId,
    authorizationUrl: oidc.authorizationUrl ?? `${base}/authorize`,
    tokenUrl: oidc.tokenUrl ?? `${base}/token`,
    userInfoUrl: oidc.userInfoUrl ?? `${base}/userinfo`,
    groupsClaim: oidc.groupsClaim,
    ...(oidc.groupsScope !== undefined && { groupsScope: oidc.groupsScope }),
    administrators: oidc.administrators,
  };
}
