import type { BlockModel } from '../model.ts';

/** What every component with an HTTP client of Prometheus' kind takes; OAuth 2.0 and proxies are left out. */
export const httpClient = {
  attributes: {
    bearer_token_file: 'string',
    follow_redirects: 'bool',
    enable_http2: 'bool',
  },
  blocks: {
    basic_auth: { attributes: { username: 'string', password_file: 'string' } },
    tls_config: {
      attributes: {
        ca_file: 'string',
        cert_file: 'string',
        key_file: 'string',
        server_name: 'string',
        insecure_skip_verify: 'bool',
        min_version: 'string',
      },
    },
  },
} as const satisfies BlockModel;
