import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrubbed } from './scrub.ts';

test.each([
  ['a value that was read', 'refused hunter2hunter2 today', ['hunter2hunter2'], 'refused ******** today'],
  ['in base64', `data: ${btoa('hunter2hunter2')}`, ['hunter2hunter2'], 'data: ********'],
  ['in an address', 'url=http://x/?key=a%20b%20c%20d', ['a b c d'], 'url=http://x/?key=********'],
  [
    'behind its name in YAML',
    'secret_access_key: abcDEF123\nregion: eu',
    [],
    'secret_access_key: ********\nregion: eu',
  ],
  ['behind its name in JSON', '{"password":"s3cr3t!","user":"a"}', [], '{"password":"********","user":"a"}'],
  [
    'behind its name in JSON in JSON',
    '{"text":"{\\"token\\":\\"s3cr3t\\"}"}',
    [],
    '{"text":"{\\"token\\":\\"********\\"}"}',
  ],
  ['behind its name in a log', 'level=error token=abcdef msg="x"', [], 'level=error token=******** msg="x"'],
  ['the name of a variable', 'password: ${PASSWORD}', [], 'password: ${PASSWORD}'],
  ['a file', 'password_file: /etc/tenant-credentials/main', [], 'password_file: /etc/tenant-credentials/main'],
  ['a number of tokens', 'token: 128', [], 'token: 128'],
  ['what looks like a key of AWS', 'id AKIAABCDEFGHIJKLMNOP', [], 'id ********************'],
])('%s', (_, text, secrets, expected) => {
  expect(scrubbed(text, secrets)).toBe(expected);
});

const KEY = '0123456789abcdef'.repeat(2);

test.each([
  ['a private key', 'a\n-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\nb', 'a\n', '\nb'],
  [
    'one within JSON',
    '{"private_key":"-----BEGIN PRIVATE KEY-----\\nhunter2\\n-----END PRIVATE KEY-----\\n","id":1}',
    '{"private_key":"',
    '","id":1}',
  ],
  ['one that was cut off', 'a -----BEGIN RSA PRIVATE KEY-----\\nhunter2', 'a ', ''],
  ['a key by its name', '{"private_key":"hunter2","id":1}', '{"private_key":"', '","id":1}'],
  ['an address without a user', 'url redis://:hunter2@redis:6379 fails', 'url ', 'redis:6379 fails'],
  ['an address with signs', 'url postgres://a:p/ss$hunter2:x@db/a fails', 'url ', 'db/a fails'],
  ['a basic header', 'got Authorization: Basic hunter2= then', 'got Authorization: ', ' then'],
  ['a header of curl', 'curl -H "authorization: bearer hunter2" x', 'curl -H "authorization: ', '" x'],
  ['a header of parameters', 'Authorization: Digest a="b", response="hunter2"\nX: y', 'Authorization: ', '\nX: y'],
  ['a header as Go shows it', 'map[Authorization:[GenieKey hunter2] X:[b]]', 'map[Authorization:[', '] X:[b]]'],
  ['three quotes', 'password = """#hunter2;x"""\nuser = a', 'password = """', '"""\nuser = a'],
  [
    'three quotes within JSON',
    '"password = \\"\\"\\"#hunter2;x\\"\\"\\"\\nuser = a"',
    '"password = \\"\\"\\"',
    '\\"\\"\\"\\nuser = a"',
  ],
  ['a block', 'a:\n  password: |-\n    one\n\n    hunter2  \n  user: b', 'a:\n  password: |-\n    ', '\n  user: b'],
  ['a folded block of a list', '- password: >\n    hunter2\n  user: b', '- password: >\n    ', '\n  user: b'],
  ['a block within JSON', '"password: |-\\n  hunter2\\nuser: b"', '"password: |-\\n  ', '\\nuser: b"'],
  ['on the line below', 'password:\n  hunter2\nuser: b', 'password:\n  ', '\nuser: b'],
  ['words in quotes', 'password: "correct hunter2 battery"\nuser: b', 'password: "', '"\nuser: b'],
  ['words without quotes', 'password: correct hunter2 battery\nuser: b', 'password: ', '\nuser: b'],
  ['words within JSON', '"a: 1\\npassword: correct hunter2\\nb: c"', '"a: 1\\npassword: ', '\\nb: c"'],
  ['words that are quoted', 'line is "password: a hunter2"; git says "b"', 'line is "password: ', '"; git says "b"'],
  ['a quote within quotes', '{"password":"a\\"hunter2","user":"b"}', '{"password":"', '","user":"b"}'],
  [
    'a quote within JSON in JSON',
    '{\\"token\\":\\"a\\\\\\"hunter2\\",\\"b\\":1}',
    '{\\"token\\":\\"',
    '\\",\\"b\\":1}',
  ],
  ['an apostrophe within quotes', "password: 'it''s hunter2'\nuser: b", "password: '", "'\nuser: b"],
  ['quotes of a table', '"at, password=""hunter2"", b"', '"at, password=""', '"", b"'],
  ['a comma', 'at password=Ab3,hunter2 b', 'at password=', ' b'],
  ['a dollar', 'password: $ehunter2\nuser: b', 'password: ', '\nuser: b'],
  ['a default', 'password: ${PASSWORD:-hunter2}\nuser: b', 'password: ', '\nuser: b'],
  ['a slash', 'secret_access_key: /hunter2/x\nuser: b', 'secret_access_key: ', '\nuser: b'],
  ['a flag', 'run --password hunter2 --user b', 'run --password ', ' --user b'],
  ['a flag in JSON', '["--db.password","hunter2","--user"]', '["--db.password","', '","--user"]'],
  ['a flag in YAML', '- --password\n- hunter2\n- --user', '- --password\n- ', '\n- --user'],
  ['a pair among others', 'token=hunter2 msg="x" level=info', 'token=', ' msg="x" level=info'],
  ['a key of PagerDuty', 'routing_key: hunter2\nuser: b', 'routing_key: ', '\nuser: b'],
  ['a key of a service', '{"service_key":"hunter2","a":1}', '{"service_key":"', '","a":1}'],
  ['a key to encrypt by', 'encryption_key = hunter2\na = b', 'encryption_key = ', '\na = b'],
  [
    'an integration of PagerDuty',
    `at https://events.pagerduty.com/integration/hunter2${KEY}/enqueue b`,
    'at https://',
    '/enqueue b',
  ],
  [
    'a webhook of Teams',
    `at https://a.webhook.office.com/webhookb2/${KEY}@${KEY}/IncomingWebhook/hunter2/b b`,
    'at https://a.',
    ' b',
  ],
  [
    'a workflow of Teams',
    `at https://a.logic.azure.com:443/workflows/b?sp=c&sig=hunter2${KEY} b`,
    'at https://a.logic.azure.com:443/workflows/b?sp=c',
    ' b',
  ],
  [
    'a signature within JSON',
    `"https://a.blob.core.windows.net/b?sv=c\\u0026sig=hunter2${KEY}%3D"`,
    '"https://a.blob.core.windows.net/b?sv=c',
    '"',
  ],
  [
    'a webhook of Discord',
    `at https://discord.com/api/webhooks/123456789012345678/hunter2${KEY} b`,
    'at https://',
    ' b',
  ],
])('%s is hidden, and what is around it is not', (_, text, before, after) => {
  const result = scrubbed(text, []);
  const end = result.length - after.length;
  expect([result.slice(0, before.length), result.slice(end)]).toEqual([before, after]);
  expect(result.slice(before.length, end)).toMatch(/^[*\n]{8,}$/);
});

test.each([
  'password: ${PASSWORD}, user: main',
  'secret_key: ${SECRET_KEY:?} # from a Secret',
  'args: ["-tests.basic-auth-password=$(PASSWORD)", "-b"]',
  'admin_password = $__file{/etc/grafana-admin/password}',
  'authorization: Bearer $__file{/etc/tenant-credentials/payments}',
  'authorization:\n  type: Bearer\n  credentials_file: /etc/tenant-credentials/main',
  'password = local.file.password_main.content',
  '"\\tpassword = local.file.password_main.content\\n\\tuser = 1"',
  'credentials: /var/run/secrets/kubernetes.io/serviceaccount/token',
  '"secretKeyRef": { "name": "grafana-admin", "key": "password" }',
  'secret:\n  secretName: grafana-admin',
  '"credentials": ["payments", "platform"]',
  'credentials: [payments, platform]',
  '{"password":"","token":null,"secret":{"optional":true}}',
  'password: ""\nuser: a',
  'password:\nuser: a',
  'automountServiceAccountToken: false # no need',
  'routing_key = "traceID"',
  'password: <secret>',
  'password: {{ .Values.password }}',
  '"~^(?<bearer>.+)$" password:$remote_user;',
  'the --password-file flag, and --token',
])('%j has no secret', (text) => {
  expect(scrubbed(text, [])).toBe(text);
});

test('a value of a megabyte', () => {
  const secret = 'hunter2 \u00fc'.repeat(120_000);
  const encoded = Buffer.from(secret).toString('base64');
  expect(scrubbed(`a ${secret} b ${encoded} c`, [secret])).toBe('a ******** b ******** c');
});

test('half a character in a value', () => {
  expect(scrubbed('a hunter2\ufffd b', ['hunter2\ud800'])).toBe('a ******** b');
});

// An expression that looks at the rest of the text from each of its places would be at them for hours.
test.each([
  ['quotes that are not closed', "password='a ", 50_000],
  ['three quotes', 'password="""', 50_001],
  ['addresses', 'http://a:b', 50_000],
  ['heads of addresses', '://a:', 100_000],
  ['heads of keys', '-----BEGIN PRIVATE KEY-----', 20_000],
  ['blocks', '\\n  password: |-\\n  ', 20_000],
  ['headers as Go shows them', 'Authorization:[', 40_000],
  ['headers', 'Authorization: A ', 40_000],
  ['flags', '--password ', 50_000],
  ['names', 'token ', 100_000],
  ['references that do not end', 'token: ${A ', 50_000],
  ['escapes', '\\\\\\', 200_000],
  ['comments', ' # ;', 150_000],
  ['signatures', '&sig=', 100_000],
  ['spaces', 'password          ', 40_000],
])('a long text of %s', (_, part, count) => {
  const long = part.repeat(count);
  const result = scrubbed(`token=hunter2 msg="x"\npassword: ${long}\n${long}\ntoken: hunter2`, []);
  expect(result.startsWith('token=******** msg="x"\npassword: ')).toBe(true);
  expect(result).not.toContain('hunter2');
});

test('no value that was read is left, wherever it stands', () => {
  const secret = fc.stringMatching(/^[\w+/=!"\\ -]{8,40}$/);
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      fc.pre(!before.includes(value) && !after.includes(value) && !'********'.includes(value));
      for (const text of [value, JSON.stringify(value), btoa(value), encodeURIComponent(value)])
        expect(scrubbed(`${before}\n${text}\n${after}`, [value])).not.toContain(value);
    }),
  );
});

test('whatever stands behind a name is hidden, and nothing else, however deep it is in JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 4 }), (value, depth) => {
      const wrapped = (password: string): string =>
        Array.from({ length: depth }).reduce<string>(
          (sum, _, index) => JSON.stringify(index === 0 ? { password, user: 'main' } : sum),
          '',
        );
      expect(scrubbed(wrapped(`hunter2${value}`), [])).toBe(wrapped('********'));
    }),
  );
});

test('scrubbing twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const once = scrubbed(text, ['hunter2hunter2']);
      expect(scrubbed(once, ['hunter2hunter2'])).toBe(once);
    }),
  );
});
