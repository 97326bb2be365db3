import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialsIn, masked } from './credentials.ts';
import { formatDiagnostic } from './format.ts';

// Of letters that repeat: nobody's.
const letters = (count: number): string => 'Ab3'.repeat(count).slice(0, count);
const SAMPLES: Readonly<Record<string, string>> = {
  'a private key': `-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}\n-----END RSA PRIVATE KEY-----`,
  'an access key of AWS': `AKIA${'Q3'.repeat(8)}`,
  'a token of GitHub': `ghp_${letters(36)}`,
  'a token of GitLab': `glpat-${letters(20)}`,
  'a token of Slack': `xoxb-${letters(24)}`,
  'a webhook of Slack': `https://hooks.slack.com/services/T0000000/B0000000/${letters(24)}`,
  'a webhook of Teams': `https://example.webhook.office.com/webhookb2/${letters(36)}@${letters(36)}/IncomingWebhook/a/b`,
  'a webhook of Discord': `https://discord.com/api/webhooks/123456789012345678/${letters(60)}`,
  'a key of PagerDuty': `https://events.pagerduty.com/integration/${'0123456789abcdef'.repeat(2)}`,
  'a signed address of Azure': `https://example.com/logs?sv=2026-01-01&sig=${letters(43)}%3D`,
  'a token of Grafana': `glsa_${letters(32)}_0123abcd`,
  'a key of Google': `AIza${letters(35)}`,
  'a key of Azure storage': `AccountName=a;AccountKey=${letters(86)}==`,
  'a secret key of age': `AGE-SECRET-KEY-1${'Q3'.repeat(29)}`,
  'a signed token': `eyJ${letters(20)}.eyJ${letters(40)}.${letters(43)}`,
  'a hash of a password': `main:$2y$10$${letters(53)}`,
  'an address with a password': `https://bot:hunter2@git.example.com/fleet.git`,
  'the header of a credential': `Authorization: Bearer ${letters(32)}`,
};

describe('credentialsIn', () => {
  test.each(Object.entries(SAMPLES))('finds %s, wherever it stands', (what, sample) => {
    const [alone] = credentialsIn(sample);
    expect(alone?.what).toBe(what);
    const text = `key: "${sample}" # and more`;
    const [found, ...others] = credentialsIn(text);
    expect(found?.what).toBe(what);
    expect(others).toEqual([]);
  });

  test.each([
    'postgres://${USER}:${PASSWORD}@db.example.com/grafana',
    'postgres://${USER}:$__file{/etc/database/password}@db.example.com/grafana',
    'oci://registry.example.com:5000/charts/loki@sha256:e3b0c44298fc',
    'https://<user>:<password>@git.example.com',
    'basic_auth_password: ${PASSWORD}',
    'authorization: Bearer $__file{/etc/tenant-credentials/payments}',
    'http://gateway.observability.svc.cluster.local:8080/loki/api/v1/push',
    'git@git.example.com:platform/fleet.git',
    'arn:aws:iam::111122223333:role/lgtm-fleet-prod-eu',
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'a bearer token of an account',
    'Basic authentication is by user and password at the gateway',
  ])('leaves %s alone', (text) => {
    expect(credentialsIn(text)).toEqual([]);
  });
});

test.each([
  ['redis://:hunter2@redis:6379', `${'*'.repeat(17)}redis:6379`],
  ['postgres://grafana:p/ss$w:rd@db/grafana', `${'*'.repeat(29)}db/grafana`],
  ['postgres://${USER}:hunter2@db', `${'*'.repeat(27)}db`],
  ['postgres://grafana:p@ss@db', `${'*'.repeat(24)}db`],
  ['authorization: bearer Ab3Ab3Ab3Ab3Ab3Ab3Ab3 and', `authorization: ${'*'.repeat(28)} and`],
  [
    'a\n-----BEGIN PRIVATE KEY-----\nAb3\n-----END PRIVATE KEY-----\nb',
    `a\n${'*'.repeat(27)}\n***\n${'*'.repeat(25)}\nb`,
  ],
  ['-----BEGIN PRIVATE KEY-----\\nAb3\\n-----END PRIVATE KEY-----\\n"', `${'*'.repeat(59)}\\n"`],
  ['a -----BEGIN PRIVATE KEY-----\nAb3', `a ${'*'.repeat(27)}\n***`],
])('%j is masked as %j', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test('what is masked is as long as before, and shows no credential', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...Object.values(SAMPLES)), fc.string(), (before, sample, after) => {
      const text = `${before} ${sample} ${after}`;
      const result = masked(text);
      expect(result.length).toBe(text.length);
      expect(credentialsIn(result)).toEqual([]);
    }),
  );
});

test('no frame shows a credential, whatever the diagnostic is about', () => {
  const password = SAMPLES['an address with a password'] ?? '';
  const source = `a: 1\nmirror: ${password} # ${SAMPLES['a token of GitHub'] ?? ''}\n`;
  const shown = formatDiagnostic(
    { id: 'x', severity: 'error', message: 'm', file: 'f', span: { start: 5, end: 11 } },
    source,
  );
  expect(shown).toContain('mirror: ****');
  expect(shown).not.toContain('hunter2');
  expect(shown).not.toContain('Ab3Ab3');
});
