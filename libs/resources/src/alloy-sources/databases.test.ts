import { checkWiring, formatAlloy, parseAlloy } from '@lgtm-fleet/alloy';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../alloy-syntax/check.ts';
import { block, configOf, planWith, steps } from './sources.fixture.ts';

const key = (name: string) => ({ secret: 'shop', key: name });
const tls = { ca: key('ca.crt'), certificate: key('tls.crt'), key: key('tls.key'), skipVerify: true };
const servers = [
  { address: 'db-1.example.com:5432', dataSource: key('first') },
  { address: '[2001:db8::7]:5432', dataSource: key('second') },
];

const all = [
  { name: 'orders', postgresql: { servers, allDatabases: true } },
  { name: '9-carts', mysql: { servers: servers.slice(0, 1), collectors: ['info_schema.processlist'] } },
  { name: 'orders-1', mongodb: { servers } },
  { name: 'cache', redis: { servers: ['redis.example.com:6379'], username: 'u', password: key('redis'), tls } },
  {
    name: 'events',
    kafka: {
      brokers: ['k-1.example.com:9093', 'k-2.example.com:9093'],
      version: '3.9.0',
      tls: { ...tls, serverName: 'kafka' },
      sasl: { mechanism: 'scram-sha512', username: 'u', password: key('kafka') },
    },
  },
  {
    name: 'search',
    timeout: '7s',
    elasticsearch: { url: 'https://es.example.com:9200/a', login: { username: 'u', password: key('es') }, tls },
  },
];
const text = configOf(planWith(...all));

/** The arguments of a component, as they are written. */
const args = (name: string, label: string) =>
  Object.fromEntries([...block(text, name, label).attributes].map(([one, tokens]) => [one, tokens.join('')]));
const line = (label: string) => `string.trim_space(convert.nonsensitive(local.file.${label}.content))`;

describe('databases', () => {
  test('are what Alloy takes', () => {
    const { file, faults } = parseAlloy(text);
    expect([...faults, ...checkWiring(file), ...checkFile(text)]).toEqual([]);
    expect(formatAlloy(text)).toBe(text);
  });

  test('have an exporter for each server', () => {
    expect(args('prometheus.exporter.postgres', 'orders_1')).toEqual({ data_source_names: `[${line('orders_1')}]` });
    expect(args('prometheus.exporter.postgres', 'orders_2')).toEqual({ data_source_names: `[${line('orders_2')}]` });
    expect(block(text, 'prometheus.exporter.postgres', 'orders_2').blocks[0]).toMatchObject({ name: 'autodiscovery' });
    expect(args('prometheus.exporter.mysql', '_9_carts_1')).toEqual({
      data_source_name: line('_9_carts_1'),
      enable_collectors: '["info_schema.processlist"]',
    });
    expect(args('prometheus.exporter.mongodb', 'orders_1_2')).toEqual({
      mongodb_uri: line('orders_1_2'),
      direct_connect: 'true',
    });
    expect(args('discovery.relabel', 'orders_1')).toEqual({
      targets:
        'array.concat(prometheus.exporter.mongodb.orders_1_1.targets,prometheus.exporter.mongodb.orders_1_2.targets)',
    });
    expect(args('discovery.relabel', '_9_carts')).toEqual({ targets: 'prometheus.exporter.mysql._9_carts_1.targets' });
  });

  test('give series that say which server they are about', () => {
    expect(steps(text, 'orders')).toEqual([
      { target_label: '"job"', replacement: '"orders"' },
      {
        source_labels: '["__meta_component_id"]',
        regex: '`prometheus\\.exporter\\.postgres\\.orders_1`',
        target_label: '"instance"',
        replacement: '"db-1.example.com:5432"',
      },
      {
        source_labels: '["__meta_component_id"]',
        regex: '`prometheus\\.exporter\\.postgres\\.orders_2`',
        target_label: '"instance"',
        replacement: '"[2001:db8::7]:5432"',
      },
    ]);
    const instance = { target_label: '"instance"', replacement: '"k-1.example.com:9093"' };
    expect(steps(text, 'events').at(-1)).toEqual(instance);
    expect(steps(text, 'search').at(-1)).toEqual({ ...instance, replacement: '"es.example.com:9200"' });
  });

  test('keep the instance that a source names itself', () => {
    const named = configOf(planWith({ ...all[4], labels: { instance: 'events' } }));
    expect(steps(named, 'events')).toEqual([
      { target_label: '"instance"', replacement: '"events"' },
      { target_label: '"job"', replacement: '"events"' },
    ]);
  });

  test('are reached over TLS and signed in to, each by its own arguments', () => {
    expect(args('prometheus.exporter.redis', 'cache_1')).toEqual({
      redis_addr: '"rediss://redis.example.com:6379"',
      redis_user: '"u"',
      redis_password: line('cache_password'),
      connection_timeout: '"10s"',
      tls_ca_cert_file: '"/etc/source-credentials/shop/ca.crt"',
      tls_client_cert_file: '"/etc/source-credentials/shop/tls.crt"',
      tls_client_key_file: '"/etc/source-credentials/shop/tls.key"',
      skip_tls_verification: 'true',
    });
    expect(args('prometheus.exporter.kafka', 'events')).toEqual({
      instance: '"k-1.example.com:9093"',
      kafka_uris: '["k-1.example.com:9093","k-2.example.com:9093"]',
      kafka_version: '"3.9.0"',
      use_sasl: 'true',
      sasl_mechanism: '"scram-sha512"',
      sasl_username: '"u"',
      sasl_password: line('events_password'),
      use_tls: 'true',
      tls_server_name: '"kafka"',
      ca_file: '"/etc/source-credentials/shop/ca.crt"',
      cert_file: '"/etc/source-credentials/shop/tls.crt"',
      key_file: '"/etc/source-credentials/shop/tls.key"',
      insecure_skip_verify: 'true',
    });
    expect(args('prometheus.exporter.elasticsearch', 'search')).toEqual({
      address: '"https://es.example.com:9200/a"',
      timeout: '"7s"',
      all: 'true',
      ca: '"/etc/source-credentials/shop/ca.crt"',
      client_cert: '"/etc/source-credentials/shop/tls.crt"',
      client_private_key: '"/etc/source-credentials/shop/tls.key"',
      ssl_skip_verify: 'true',
    });
    const [login] = block(text, 'prometheus.exporter.elasticsearch', 'search').blocks;
    expect(login?.attributes.get('password')?.join('')).toBe(line('search_password'));
  });

  test('without TLS and sign-in have nothing of either', () => {
    const plain = configOf(
      planWith(
        { name: 'cache', redis: { servers: ['redis.example.com:6379'] } },
        { name: 'events', kafka: { brokers: ['k-1.example.com:9092'] } },
      ),
    );
    expect([...block(plain, 'prometheus.exporter.redis', 'cache_1').attributes.keys()]).toEqual([
      'redis_addr',
      'connection_timeout',
    ]);
    expect([...block(plain, 'prometheus.exporter.kafka', 'events').attributes.keys()]).toEqual([
      'instance',
      'kafka_uris',
    ]);
  });

  test('have no secret in what Alloy is given: every one is a file', () => {
    const secrets = text.match(/^\t(?:data_source_names?|mongodb_uri|\w*password)\s+= .*$/gm) ?? [];
    expect(secrets).toHaveLength(7);
    for (const one of secrets)
      expect(one).toMatch(/= \[?string\.trim_space\(convert\.nonsensitive\(local\.file\.\w+\.content\)\)\]?$/);
  });
});
