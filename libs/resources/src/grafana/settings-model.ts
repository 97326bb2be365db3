import { z } from 'zod';

/**
 * The sections and keys of `grafana.ini` that this project writes, as Grafana 13.2 reads them
 * (`conf/defaults.ini`, `pkg/setting`): Grafana ignores an unknown key in silence, this model does not.
 */

/** A reference to a file of a mounted Secret; Grafana reads it when it starts. */
const secretFile = z.string().regex(/^\$__file\{\/[-/a-z]+\}$/);

/** A JMESPath that is the name of a claim and nothing else. */
const path = z.string().regex(/^[A-Za-z_]\w*$/);

const oauth = z.strictObject({
  enabled: z.literal(true),
  name: z.string(),
  client_id: z.string(),
  client_secret: secretFile,
  scopes: z.string(),
  auth_url: z.url(),
  token_url: z.url(),
  api_url: z.url(),
  use_pkce: z.literal(true),
  use_refresh_token: z.boolean(),
  auto_login: z.boolean(),
  allow_sign_up: z.boolean(),
  skip_org_role_sync: z.literal(false),
  groups_attribute_path: path,
  allowed_groups: z.string().min(1),
  role_attribute_strict: z.literal(true),
  role_attribute_path: z.string().optional(),
  allow_assign_grafana_admin: z.boolean(),
  org_attribute_path: path,
  org_mapping: z.string().min(1),
  login_attribute_path: z.string(),
  name_attribute_path: z.string(),
  email_attribute_path: z.string(),
});

const database = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sqlite3'), path: z.string(), wal: z.boolean() }),
  z.strictObject({
    type: z.literal('postgres'),
    host: z.string(),
    name: z.string(),
    user: secretFile,
    password: secretFile,
    ssl_mode: z.enum(['require', 'verify-full']),
    max_open_conn: z.int(),
  }),
]);

export const grafanaSettings = z.strictObject({
  server: z.strictObject({
    http_port: z.literal(3000),
    domain: z.string(),
    root_url: z.url(),
    protocol: z.literal('https').optional(),
    cert_file: z.string().optional(),
    cert_key: z.string().optional(),
    certs_watch_interval: z.string().optional(),
  }),
  database,
  security: z.strictObject({
    admin_user: secretFile,
    admin_password: secretFile,
    secret_key: secretFile.optional(),
    cookie_secure: z.boolean(),
    cookie_samesite: z.enum(['lax', 'strict']),
    strict_transport_security: z.boolean(),
    disable_gravatar: z.literal(true),
    allow_embedding: z.literal(false),
  }),
  users: z.strictObject({
    allow_sign_up: z.literal(false),
    allow_org_create: z.literal(false),
    auto_assign_org_role: z.enum(['Viewer', 'None']),
  }),
  auth: z
    .strictObject({
      disable_login_form: z.literal(false),
      login_maximum_lifetime_duration: z.string().regex(/^\d+h$/),
      login_maximum_inactive_lifetime_duration: z.string().regex(/^\d+h$/),
    })
    .optional(),
  'auth.basic': z.strictObject({ enabled: z.literal(false) }).optional(),
  'auth.anonymous': z.strictObject({ enabled: z.literal(false) }),
  'auth.generic_oauth': oauth.optional(),
  unified_alerting: z.strictObject({
    enabled: z.literal(true),
    ha_listen_address: z.string().optional(),
    ha_advertise_address: z.string().optional(),
    ha_peers: z.string().optional(),
  }),
  'unified_alerting.state_history': z.strictObject({ enabled: z.literal(true), backend: z.literal('annotations') }),
  analytics: z.strictObject({
    reporting_enabled: z.literal(false),
    check_for_updates: z.literal(false),
    check_for_plugin_updates: z.literal(false),
    feedback_links_enabled: z.literal(false),
  }),
  news: z.strictObject({ news_feed_enabled: z.literal(false) }),
  snapshots: z.strictObject({ external_enabled: z.literal(false) }),
  plugins: z.strictObject({
    preinstall_disabled: z.literal(true),
    plugin_admin_enabled: z.literal(false),
    public_key_retrieval_disabled: z.literal(true),
  }),
  log: z.strictObject({ mode: z.literal('console'), level: z.enum(['info', 'warn']) }),
  'log.console': z.strictObject({ format: z.literal('json') }),
});

export type GrafanaSettings = z.infer<typeof grafanaSettings>;
