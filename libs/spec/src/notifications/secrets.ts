import type { SecretKey } from '../ingest/references.ts';
import type { Path } from '../locate.ts';
import type { Receiver } from './notifications.ts';

interface Shown extends SecretKey {
  readonly path: Path;
}

/** What a receiver is shown that is a secret, with its place below the receiver. */
export function secretsOfReceiver({ email, slack, pagerduty, webhook }: Receiver): readonly Shown[] {
  const values = [
    { value: email?.password, path: ['email', 'password'] },
    { value: slack?.url, path: ['slack', 'url'] },
    { value: pagerduty?.routingKey, path: ['pagerduty', 'routingKey'] },
    { value: webhook?.secretUrl, path: ['webhook', 'secretUrl'] },
    { value: webhook?.bearer, path: ['webhook', 'bearer'] },
  ];
  return values.flatMap(({ value, path }) => (value === undefined ? [] : [{ ...value, path }]));
}
