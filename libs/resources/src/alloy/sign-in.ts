import type { Plan } from '@lgtm-fleet/plan';
import { component } from '../alloy-syntax/component.ts';
import { reference, type Computed } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { pushesInside, TLS_FILES } from '../tls.ts';
import type { Route } from './routes.ts';

/** Where Secret `tenant-credentials` is mounted in the collectors. */
const CREDENTIALS = '/etc/tenant-credentials';

/** Base address of the gateway for a tenant: who shows a certificate ends TLS at the gateway itself. */
export function gatewayOf(plan: Plan, { credential }: Route): string {
  const { gatewayUrl, certificateUrl } = plan.collection;
  return credential === 'certificate' ? (certificateUrl ?? gatewayUrl) : gatewayUrl;
}

interface ClientSignIn {
  readonly basic_auth?: { readonly username: string; readonly password_file: string };
  readonly bearer_token_file?: string;
  readonly tls_config?: ClientTls;
}

interface ClientTls {
  readonly ca_file: string;
  readonly cert_file?: string;
  readonly key_file?: string;
}

/** How the gateway's own certificate is checked where it has one inside. */
function checked(plan: Plan): ClientTls | undefined {
  return pushesInside(plan) ? { ca_file: TLS_FILES.ca } : undefined;
}

/** How a tenant signs in where the HTTP client is Prometheus' one. */
export function signIn(plan: Plan, { tenant, credential }: Route): ClientSignIn {
  const inside = checked(plan);
  const tls = inside === undefined ? {} : { tls_config: inside };
  switch (credential) {
    case 'password':
      return { basic_auth: { username: tenant, password_file: fileOf(tenant) }, ...tls };
    case 'token':
      return { bearer_token_file: fileOf(tenant), ...tls };
    case 'certificate':
      return { tls_config: filesOf(tenant) };
  }
}

interface OtlpSignIn {
  /** What the client refers to. */
  readonly blocks: readonly Block[];
  readonly client: {
    readonly auth?: Computed;
    readonly tls?: ClientTls;
  };
}

/** The same for a client of the OpenTelemetry Collector. */
export function otlpSignIn(plan: Plan, { tenant, label, credential }: Route): OtlpSignIn {
  const inside = checked(plan);
  const tls = inside === undefined ? {} : { tls: inside };
  switch (credential) {
    case 'password':
      return {
        blocks: [
          component('otelcol.auth.basic', label, {
            client_auth: { username: tenant, password_file: fileOf(tenant) },
          }),
        ],
        client: { auth: reference(`otelcol.auth.basic.${label}.handler`), ...tls },
      };
    case 'token':
      return {
        blocks: [
          component(
            'local.file',
            `token_${label}`,
            { filename: fileOf(tenant), is_secret: true },
            { comment: 'otelcol.auth.bearer reads no file by itself' },
          ),
          component('otelcol.auth.bearer', label, { token: reference(`local.file.token_${label}.content`) }),
        ],
        client: { auth: reference(`otelcol.auth.bearer.${label}.handler`), ...tls },
      };
    case 'certificate':
      return { blocks: [], client: { tls: filesOf(tenant) } };
  }
}

function fileOf(tenant: string): string {
  return `${CREDENTIALS}/${tenant}`;
}

function filesOf(tenant: string) {
  return {
    ca_file: `${CREDENTIALS}/ca.crt`,
    cert_file: `${CREDENTIALS}/${tenant}.crt`,
    key_file: `${CREDENTIALS}/${tenant}.key`,
  };
}
