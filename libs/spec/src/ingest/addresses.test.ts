import { describe, expect, test } from 'vitest';
import { places } from './ingest.fixture.ts';

const dataSource = { secret: 'shop', key: 'dsn' };
const fixed = (target: string) => ({ name: 'a', static: { targets: [target] } });

describe('addresses', () => {
  test.each(['vm-1.example.com:1', 'vm_1:65535', '192.0.2.255:9100', '[2001:db8::1]:9100', '9.example.com:80'])(
    '%s is one',
    (target) => {
      expect(places([fixed(target)])).toEqual([]);
    },
  );

  test.each([
    ['10.0.0.256:9100', 'not-an-address'],
    ['10.0.0:9100', 'not-an-address'],
    ['010.0.0.1:9100', 'not-an-address'],
    ['vm.1:9100', 'not-an-address'],
    ['[2001:db8:::1]:9100', 'not-an-address'],
    ['vm-1.example.com:0', 'not-a-port'],
    ['vm-1.example.com:65536', 'not-a-port'],
    ['vm-1.example.com', 'wrong-form'],
    ['vm-1..example.com:9100', 'wrong-form'],
    ['2001:db8::1:9100', 'wrong-form'],
  ])('%s is none: %s', (target, id) => {
    const [said, ...others] = places([fixed(target)]);
    expect(said?.replace(/"/g, '')).toBe(`${id}: ${target}`);
    expect(others).toEqual([]);
  });

  test.each([
    ['static', { static: { targets: ['a:1', 'b:0'] } }],
    ['consul', { consul: { server: 'b:0', ports: [1] } }],
    ['tcp', { blackbox: { tcp: { addresses: ['a:1', 'b:0'] } } }],
    ['dns', { blackbox: { dns: { servers: ['b:0'], query: 'a' } } }],
    ['postgresql', { postgresql: { servers: [{ address: 'b:0', dataSource }] } }],
    ['mysql', { mysql: { servers: [{ address: 'b:0', dataSource }] } }],
    ['mongodb', { mongodb: { servers: [{ address: 'b:0', dataSource }] } }],
    ['redis', { redis: { servers: ['a:1', 'b:0'] } }],
    ['kafka', { kafka: { brokers: ['a:1', 'b:0'] } }],
  ])('of %s have ports that there are', (_, kind) => {
    expect(places([{ name: 'a', ...kind }])).toEqual(['not-a-port: b:0']);
  });

  test.each([
    ['https://shop.example.com', []],
    ['https://shop.example.com:8443/a?b=c:0#d', []],
    ['http://[2001:db8::1]/', []],
    ['http://shop.example.com:65536/', ['not-a-port: http://shop.example.com:65536/']],
    ['http://10.1/', ['not-an-address: http://10.1/']],
    ['http://[::1', ['not-an-address: http://[::1']],
    ['http://a b/', ['wrong-form: http://a b/']],
    ['http://user:password@shop.example.com/', ['credential-in-file: http://user:password@']],
  ])('of HTTP: %s', (url, expected) => {
    expect(places([{ name: 'a', blackbox: { http: { urls: [url] } } }])).toEqual(expected);
    expect(places([{ name: 'a', elasticsearch: { url } }])).toEqual(expected);
  });
});

describe('a ping', () => {
  const hosts = ['192.0.2.1', '[2001:db8::1]', 'edge.example.com'];

  test('is by address where policies know no names', () => {
    expect(places([{ name: 'a', blackbox: { icmp: { hosts } } }])).toEqual(['ping-by-name: edge.example.com']);
    expect(
      places([{ name: 'a', blackbox: { icmp: { hosts } } }], { kubernetes: { networkPolicies: 'cilium' } }),
    ).toEqual([]);
  });
});
