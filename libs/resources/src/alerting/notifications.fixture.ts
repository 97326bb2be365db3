/** `spec.notifications` with a receiver of every kind, as tests of both Alertmanagers take it. */
export const everyKind = {
  receivers: [
    {
      name: 'mail',
      email: {
        to: ['on-call@example.com', 'team@example.com'],
        from: 'fleet@example.com',
        smarthost: 'smtp.example.com:587',
        username: 'fleet',
        password: { secret: 'smtp', key: 'password' },
      },
    },
    { name: 'chat', slack: { channel: '#alerts', url: { secret: 'slack', key: 'url' } } },
    { name: 'pager', pagerduty: { routingKey: { secret: 'pagerduty', key: 'routing-key' } } },
    {
      name: 'hook',
      webhook: {
        secretUrl: { secret: 'hook', key: 'url' },
        host: 'hooks.example.com',
        bearer: { secret: 'hook', key: 'token' },
      },
    },
  ],
  routes: { critical: ['pager', 'chat'], warning: ['mail'], info: [], others: ['hook'] },
} as const;

/** Whom each severity is told to, as the routes above say. */
export const TOLD = {
  critical: ['pager', 'chat'],
  warning: ['mail'],
  info: [],
  unheard: ['hook'],
} as const;

/** The values of the Secrets, with addresses of a test. */
export function secretValues(url: string): Readonly<Record<string, string>> {
  return {
    'smtp/password': 'password-of-mail',
    'slack/url': `${url}/chat`,
    'pagerduty/routing-key': 'key-of-pager',
    'hook/url': `${url}/hook`,
    'hook/token': 'token-of-hook\n',
  };
}

/** The generated text with what is dialled outside turned to a test; mail without TLS, which the test's server has not. */
export function dialled(text: string, { url, mail }: { readonly url: string; readonly mail: string }): string {
  return text
    .replaceAll('https://events.pagerduty.com/v2/enqueue', `${url}/pager`)
    .replaceAll(
      /( *)(- )?smarthost: .*/g,
      (_, indent: string) => `${indent}smarthost: ${mail}\n${indent}require_tls: false`,
    )
    .replaceAll(/^route:$/gm, 'route:\n  group_wait: 0s');
}
