import type { GrafanaPlan, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { RELOAD, TLS_FILES } from '../tls.ts';
import { oauth } from './oauth.ts';
import { secret } from './secret.ts';
import type { GrafanaSettings } from './settings-model.ts';

/** Port on which replicas tell each other which notification is out; the base's Service has it. */
const GOSSIP_PORT = 9094;

/** Everything that `grafana.ini` says; what is not here is Grafana's default. */
export function settings(plan: Plan, grafana: GrafanaPlan): GrafanaSettings {
  const root = new URL(grafana.rootUrl);
  const https = root.protocol === 'https:';
  return {
    server: {
      http_port: 3000,
      domain: root.hostname,
      root_url: `${grafana.rootUrl}/`,
      ...(plan.tls !== undefined && {
        protocol: 'https',
        cert_file: TLS_FILES.cert,
        cert_key: TLS_FILES.key,
        certs_watch_interval: RELOAD,
      }),
    },
    database: database(grafana),
    security: {
      admin_user: secret('grafana-admin', 'username'),
      admin_password: secret('grafana-admin', 'password'),
      ...(hasKey(plan, 'grafana-admin', 'secret-key') && { secret_key: secret('grafana-admin', 'secret-key') }),
      cookie_secure: https,
      cookie_samesite: 'lax',
      strict_transport_security: https,
      disable_gravatar: true,
      allow_embedding: false,
    },
    users: {
      allow_sign_up: false,
      allow_org_create: false,
      auto_assign_org_role: grafana.oidc === undefined && plan.tenants.length === 1 ? 'Viewer' : 'None',
    },
    'auth.anonymous': { enabled: false },
    ...(grafana.oidc !== undefined && {
      auth: {
        disable_login_form: false,
        login_maximum_lifetime_duration: '12h',
        login_maximum_inactive_lifetime_duration: '12h',
      },
      'auth.basic': { enabled: false },
      'auth.generic_oauth': oauth(grafana, grafana.oidc),
    }),
    unified_alerting: { enabled: true, ...(grafana.database.kind === 'postgres' && replicated(plan)) },
    'unified_alerting.state_history': { enabled: true, backend: 'annotations' },
    analytics: {
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    },
    news: { news_feed_enabled: false },
    snapshots: { external_enabled: false },
    plugins: { preinstall_disabled: true, plugin_admin_enabled: false, public_key_retrieval_disabled: true },
    log: { mode: 'console', level: 'info' },
    'log.console': { format: 'json' },
  };
}

/** Reasons by `section/key`, for those keys that are there. */
export function settingComments(written: GrafanaSettings): Readonly<Record<string, string>> {
  const postgres = written.database.type === 'postgres';
  return {
    'server/root_url': 'spec.exposure.grafana; the address that sign-in comes back to',
    ...(written.server.protocol === undefined
      ? {}
      : {
          'server/protocol': 'spec.tls: also between the public gateway and here',
          'server/certs_watch_interval':
            'A renewed certificate is taken without a restart; 0, the default, never looks',
        }),
    database: postgres ? 'spec.grafana.database.postgres' : 'One file on the volume, and so one replica',
    ...(postgres ? {} : { 'database/wal': 'Readers do not wait for the writer' }),
    'security/admin_user': 'Made at the first start; a later change of the Secret changes nothing in the database',
    ...(written.security.cookie_secure
      ? {}
      : { 'security/cookie_secure': 'Nothing is exposed, so there is no TLS: reach it with kubectl port-forward' }),
    'users/auto_assign_org_role':
      written.users.auto_assign_org_role === 'None'
        ? 'Nobody sees anything that he is not given'
        : 'An administrator gives more',
    ...(written['auth.generic_oauth'] === undefined
      ? {}
      : {
          'auth.generic_oauth': 'spec.grafana.oidc',
          'auth.generic_oauth/auth_url':
            "Paths below the issuer as most providers have them; Grafana reads no discovery document from a file.\nWhere the provider's differ, set GF_AUTH_GENERIC_OAUTH_AUTH_URL, _TOKEN_URL and _API_URL in a patch.",
          'auth/disable_login_form':
            'For the one local account, Secret grafana-admin: the way in while the provider is down, at /login?disableAutoLogin=true',
          'auth/login_maximum_lifetime_duration':
            'Groups are looked at when somebody signs in, so who has lost one is out after this at most',
          'auth.basic': 'No password with an API request: programs have tokens of service accounts',
          'auth.generic_oauth/use_refresh_token':
            'A session ends by the time above, whether or not the provider gives refresh tokens',
          'auth.generic_oauth/allow_sign_up': 'Who is in one of the groups gets an account at the first visit',
          'auth.generic_oauth/allowed_groups': 'Nobody else is let in',
          'auth.generic_oauth/role_attribute_strict': 'And nobody without a role',
          'auth.generic_oauth/org_mapping':
            'Who is what in which organisation, at every sign-in; what is given by hand is taken back',
        }),
    ...(postgres
      ? { 'unified_alerting/ha_peers': 'Each replica evaluates every rule; together they notify once' }
      : {}),
    analytics: 'Nothing calls home',
    'plugins/preinstall_disabled': "Grafana would fetch newer plugins at each start; the image's own are enough",
  };
}

function database({ database: wanted }: GrafanaPlan): GrafanaSettings['database'] {
  if (wanted.kind === 'sqlite') return { type: 'sqlite3', path: 'grafana.db', wal: true };
  return {
    type: 'postgres',
    host: wanted.host,
    name: wanted.name,
    user: secret('grafana-database', 'username'),
    password: secret('grafana-database', 'password'),
    ssl_mode: 'require',
    max_open_conn: 20,
  };
}

function replicated(plan: Plan): Partial<GrafanaSettings['unified_alerting']> {
  return {
    ha_listen_address: `0.0.0.0:${String(GOSSIP_PORT)}`,
    ha_advertise_address: ['${POD_IP}', GOSSIP_PORT].join(':'),
    ha_peers: `${fqdn(plan, 'grafana-alerting')}:${String(GOSSIP_PORT)}`,
  };
}

function hasKey(plan: Plan, name: string, key: string): boolean {
  return plan.secrets.some((one) => one.name === name && one.keys.includes(key));
}
