import type { CredentialPlan, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { isEncrypted, schemeOf, TLS_FILES } from '../tls.ts';

/** Where the base mounts what tenants and readers show at the gateway. */
const CREDENTIALS = '/etc/tenant-credentials';

/** Where the gateway itself ends the TLS of those who show a client certificate. */
const CLIENT_CERTIFICATES = 8443;

/** What a data source shows at the gateway, and where that is taken. */
export function signInBy(plan: Plan, { name, kind }: CredentialPlan) {
  const host = fqdn(plan, 'gateway');
  const secret = (key: string) => `$__file{${CREDENTIALS}/${key}}`;
  const url = `${schemeOf(plan, 'gateway')}://${host}:8080`;
  const checked = isEncrypted(plan, 'gateway');
  const checks = checked ? ({ tlsAuthWithCACert: true } as const) : {};
  const ca = checked ? { tlsCACert: `$__file{${TLS_FILES.ca}}` } : {};
  switch (kind) {
    case 'password':
      return {
        url,
        jsonData: checks,
        basicAuth: true,
        basicAuthUser: name,
        secureJsonData: { basicAuthPassword: secret(name), ...ca },
      } as const;
    case 'token':
      return {
        url,
        jsonData: { ...checks, httpHeaderName1: 'Authorization' },
        secureJsonData: { httpHeaderValue1: `Bearer ${secret(name)}`, ...ca },
      } as const;
    case 'certificate':
      return {
        url: `https://${host}:${String(CLIENT_CERTIFICATES)}`,
        jsonData: { tlsAuth: true, tlsAuthWithCACert: true },
        secureJsonData: {
          tlsClientCert: secret(`${name}.crt`),
          tlsClientKey: secret(`${name}.key`),
          tlsCACert: secret('ca.crt'),
        },
      } as const;
  }
}
