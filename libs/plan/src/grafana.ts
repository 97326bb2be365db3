import type { ClusterSpec } from '@lgtm-fleet/spec';
import { planCredentials } from './credentials.ts';
import { planOrganisations } from './organisations.ts';
import type { GrafanaPlan, TenantPlan } from './types.ts';

/** Where Grafana keeps what it knows, how people come to it, and who sees what. */
export function planGrafana(cluster: ClusterSpec, tenants: readonly TenantPlan[]): GrafanaPlan {
  const { grafana, exposure, kubernetes, tls } = cluster.spec;
  const postgres = grafana.database?.postgres;
  return {
    database:
      postgres === undefined
        ? { kind: 'sqlite' }
        : { kind: 'postgres', host: `${postgres.host}:${String(postgres.port)}`, name: postgres.name },
    rootUrl:
      exposure === undefined
        ? `${tls === undefined ? 'http' : 'https'}://grafana.observability.svc.${kubernetes.clusterDomain}:3000`
        : `https://${exposure.grafana.hostname}`,
    organisations: planOrganisations(tenants, planCredentials(cluster)),
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
