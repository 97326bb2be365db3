import type { GrafanaPlan } from '@lgtm-fleet/plan';
import { allowedGroups, organisationMapping } from './organisations.ts';
import { secret } from './secret.ts';
import type { GrafanaSettings } from './settings-model.ts';

/** How people sign in by OIDC, and what they are then: what the spec says of their groups, and nothing else. */
export function oauth(
  grafana: GrafanaPlan,
  oidc: NonNullable<GrafanaPlan['oidc']>,
): NonNullable<GrafanaSettings['auth.generic_oauth']> {
  const { administrators, groupsClaim, groupsScope } = oidc;
  return {
    enabled: true,
    name: 'OpenID Connect',
    client_id: oidc.clientId,
    client_secret: secret('grafana-oidc', 'client-secret'),
    scopes: ['openid profile email', ...(groupsScope === undefined ? [] : [groupsScope])].join(' '),
    auth_url: oidc.authorizationUrl,
    token_url: oidc.tokenUrl,
    api_url: oidc.userInfoUrl,
    use_pkce: true,
    use_refresh_token: false,
    auto_login: true,
    allow_sign_up: true,
    skip_org_role_sync: false,
    groups_attribute_path: groupsClaim,
    allowed_groups: allowedGroups(grafana).join(' '),
    role_attribute_strict: true,
    ...(administrators.length > 0 && { role_attribute_path: administratorPath(groupsClaim, administrators) }),
    allow_assign_grafana_admin: administrators.length > 0,
    org_attribute_path: groupsClaim,
    org_mapping: organisationMapping(grafana).join(' '),
    login_attribute_path: 'preferred_username',
    name_attribute_path: 'name',
    email_attribute_path: 'email',
  };
}

/**
 * A JMESPath that is `GrafanaAdmin` for administrators and nothing for others. Names of groups have no quotes.
 * `[*]` of a text is nothing: of a text, `contains` would look for a part.
 */
function administratorPath(claim: string, groups: readonly string[]): string {
  const one = groups.map((group) => `contains(${claim}[*], '${group}')`).join(' || ');
  return `(${one}) && 'GrafanaAdmin'`;
}
