import { expect, test } from 'vitest';
import { places } from './ingest.fixture.ts';

const key = (name: string) => ({ secret: 'shop', key: name });

test.each([
  ['static', (tls: object) => ({ static: { targets: ['a.example.com:1'], tls } })],
  ['http', (tls: object) => ({ blackbox: { http: { urls: ['https://a.example.com'], tls } } })],
  ['tcp', (tls: object) => ({ blackbox: { tcp: { addresses: ['a.example.com:1'], tls } } })],
  ['redis', (tls: object) => ({ redis: { servers: ['a.example.com:1'], tls } })],
  ['kafka', (tls: object) => ({ kafka: { brokers: ['a.example.com:1'], tls } })],
  ['elasticsearch', (tls: object) => ({ elasticsearch: { url: 'https://a.example.com', tls } })],
])('a certificate of %s goes with its key', (_, kind) => {
  const said = (tls: object) => places([{ name: 'a', ...kind(tls) }]);
  expect(said({})).toEqual([]);
  expect(said({ ca: key('ca'), certificate: key('crt'), key: key('key') })).toEqual([]);
  expect(said({ certificate: key('crt') })).toEqual(['certificate-without-key: certificate']);
  expect(said({ key: key('key') })).toEqual(['certificate-without-key: key']);
});
