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

test('scrubbing twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const once = scrubbed(text, ['hunter2hunter2']);
      expect(scrubbed(once, ['hunter2hunter2'])).toBe(once);
    }),
  );
});
