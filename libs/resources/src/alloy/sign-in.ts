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

/** Who signs in, what with, and where that is on the machine that does. */
export interface Shown {
  readonly user: string;
  readonly credential: Route['credential'];
  /** Of a password or a token. */
  readonly secretFile: string;
  /** Of a client certificate, and of the authority by which its holder knows the gateway. */
  readonly certificateFiles: Required<Omit<ClientTls, 'reload_interval'>>;
  /** Where the authority of the gateway's certificate is a file for the other kinds, too. */
  readonly authorityFile?: string;
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
  /** Of OTLP clients; Prometheus' reads the files at each handshake. */
  readonly reload_interval?: string;
}

/** How somebody signs in where the HTTP client is Prometheus' one. */
export function clientSignIn({ user, credential, secretFile, certificateFiles, authorityFile }: Shown): ClientSignIn {
  const tls = authorityFile === undefined ? {} : { tls_config: { ca_file: authorityFile } };
  switch (credential) {
    case 'password':
      return { basic_auth: { username: user, password_file: secretFile }, ...tls };
    case 'token':
      return { bearer_token_file: secretFile, ...tls };
    case 'certificate':
      return { tls_config: certificateFiles };
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

/** The same for a client of the OpenTelemetry Collector; the blocks have this label. */
export function otlpClientSignIn(
  label: string,
  { user, credential, secretFile, certificateFiles, authorityFile }: Shown,
): OtlpSignIn {
  const tls = authorityFile === undefined ? {} : { tls: { ca_file: authorityFile } };
  switch (credential) {
    case 'password':
      return {
        blocks: [
          component(
            'local.file',
            `password_${label}`,
            { filename: secretFile, is_secret: true },
            {
              comment:
                'otelcol.auth.basic watches its own file, and does not see another put in its place, as the kubelet does;\nthis one is read again each minute as well',
            },
          ),
          component('otelcol.auth.basic', label, {
            client_auth: { username: user, password: reference(`local.file.password_${label}.content`) },
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
            { filename: secretFile, is_secret: true },
            { comment: 'otelcol.auth.bearer reads no file by itself' },
          ),
          component('otelcol.auth.bearer', label, { token: reference(`local.file.token_${label}.content`) }),
        ],
        client: { auth: reference(`otelcol.auth.bearer.${label}.handler`), ...tls },
      };
    case 'certificate':
      // Left to itself it keeps the certificate with which it started.
      return { blocks: [], client: { tls: { ...certificateFiles, reload_interval: '1m' } } };
  }
}

/** How a tenant signs in where the HTTP client is Prometheus' one. */
export function signIn(plan: Plan, route: Route): ClientSignIn {
  return clientSignIn(shownBy(plan, route));
}

/** The same for a client of the OpenTelemetry Collector. */
export function otlpSignIn(plan: Plan, route: Route): OtlpSignIn {
  return otlpClientSignIn(route.label, shownBy(plan, route));
}

function shownBy(plan: Plan, { tenant, credential }: Route): Shown {
  return {
    user: tenant,
    credential,
    secretFile: `${CREDENTIALS}/${tenant}`,
    certificateFiles: {
      ca_file: `${CREDENTIALS}/ca.crt`,
      cert_file: `${CREDENTIALS}/${tenant}.crt`,
      key_file: `${CREDENTIALS}/${tenant}.key`,
    },
    ...(pushesInside(plan) && { authorityFile: TLS_FILES.ca }),
  };
}
