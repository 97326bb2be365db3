import { expect, test } from 'vitest';
import { addressesIn } from './address-text.ts';

test.each([
  [
    'dns+loki-memberlist.ns.svc.cluster.local:7946',
    { scheme: 'dns', host: 'loki-memberlist.ns.svc.cluster.local', port: 7946, srv: false },
  ],
  [
    'dnssrvnoa+_memcached._tcp.cache.ns.svc.cluster.local',
    { scheme: 'dnssrvnoa', host: 'cache.ns.svc.cluster.local', portName: 'memcached', srv: true },
  ],
  ['dnssrv+cache.ns.svc.cluster.local', { host: 'cache.ns.svc.cluster.local', srv: true }],
  ['dns:///frontend.ns.svc.cluster.local.:9095', { scheme: 'dns', host: 'frontend.ns.svc.cluster.local', port: 9095 }],
  ['http://user:secret@gateway:8080/loki?x=1', { scheme: 'http', host: 'gateway', port: 8080, path: '/loki?x=1' }],
  ['https://id.example.com', { host: 'id.example.com', port: 443, path: '' }],
  ['0@kafka-0.kafka.ns.svc.cluster.local:9093', { host: 'kafka-0.kafka.ns.svc.cluster.local', port: 9093 }],
  ['kafka:9092', { host: 'kafka', port: 9092 }],
  ['cache.ns.svc.cluster.local', { host: 'cache.ns.svc.cluster.local' }],
])('%s is an address', (text, parts) => {
  expect(addressesIn(text)).toEqual([expect.objectContaining(parts)]);
});

test('several addresses stand with commas between', () => {
  expect(addressesIn('a:1, b:2').map(({ host, port }) => `${host} ${String(port)}`)).toEqual(['a 1', 'b 2']);
});

test.each([
  '127.0.0.1:9095',
  '0.0.0.0:4317',
  '10s',
  '12:30',
  ':9092',
  'example.com',
  '/var/loki',
  'a b:1',
  '',
  'a:1, not one',
  '${POD_IP}:9094',
  'sum by (x) (rate(y[5m]))',
  'a.'.repeat(3000),
])('%.40s is none', (text) => {
  expect(addressesIn(text)).toEqual([]);
});
