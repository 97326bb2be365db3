import { checkWiring, formatAlloy, parseAlloy } from '@lgtm-fleet/alloy';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { componentPlan } from '../alloy/plan.fixture.ts';
import { checkFile } from '../alloy-syntax/check.ts';
import { alloySources } from './resources.ts';
import { block, configOf, planWith, steps } from './sources.fixture.ts';

const key = (name: string) => ({ secret: 'shop', key: name });

const front = {
  name: 'front',
  blackbox: {
    http: {
      urls: ['https://shop.example.com/health?a=$b', 'http://[2001:db8::7]:8080'],
      method: 'HEAD',
      statuses: [200, 401],
      bodyMatches: String.raw`"ok":\s*true`,
      auth: { basic: { username: 'watcher', password: key('password') } },
      tls: { ca: key('ca.crt'), serverName: 'shop' },
    },
    tcp: { addresses: ['mail.example.com:465'], tls: {} },
    icmp: { hosts: ['192.0.2.1', '[2001:db8::1]'] },
    dns: { servers: ['192.0.2.53:53'], query: 'example.com', type: 'SOA' },
  },
};

/** The modules as blackbox_exporter reads them: the argument is YAML. */
function modulesOf(text: string, label: string): Readonly<Record<string, unknown>> {
  const [raw = ''] = block(text, 'prometheus.exporter.blackbox', label).attributes.get('config') ?? [];
  return (parse(raw.slice(1, -1)) as { modules: Readonly<Record<string, unknown>> }).modules;
}

describe('probes', () => {
  const text = configOf(planWith(front));

  test('are what Alloy takes', () => {
    const { file, faults } = parseAlloy(text);
    expect([...faults, ...checkWiring(file), ...checkFile(text)]).toEqual([]);
    expect(formatAlloy(text)).toBe(text);
  });

  test('have a module each, in YAML', () => {
    expect(modulesOf(text, 'front')).toEqual({
      http: {
        prober: 'http',
        http: {
          preferred_ip_protocol: 'ip4',
          method: 'HEAD',
          follow_redirects: false,
          valid_status_codes: [200, 401],
          fail_if_body_not_matches_regexp: [String.raw`"ok":\s*true`],
          body_size_limit: '1MB',
          basic_auth: { username: 'watcher', password_file: '/etc/source-credentials/shop/password' },
          tls_config: { ca_file: '/etc/source-credentials/shop/ca.crt', server_name: 'shop' },
        },
      },
      tcp: { prober: 'tcp', tcp: { preferred_ip_protocol: 'ip4', tls: true } },
      icmp: { prober: 'icmp', icmp: { preferred_ip_protocol: 'ip4' } },
      dns: {
        prober: 'dns',
        dns: {
          preferred_ip_protocol: 'ip4',
          query_name: 'example.com',
          query_type: 'SOA',
          transport_protocol: 'udp',
        },
      },
    });
  });

  test('follow redirects, show a token and prefer IPv6 where that is said', () => {
    const http = { urls: ['https://a.example.com'], followRedirects: true, auth: { bearer: key('token') } };
    const other = configOf(planWith({ name: 'front', blackbox: { prefer: 'ip6', http } }));
    expect(modulesOf(other, 'front')).toEqual({
      http: {
        prober: 'http',
        http: {
          preferred_ip_protocol: 'ip6',
          method: 'GET',
          follow_redirects: true,
          authorization: { credentials_file: '/etc/source-credentials/shop/token' },
        },
      },
    });
  });

  test('ask each target by its module, hosts without the brackets of an address', () => {
    const targets = (block(text, 'prometheus.exporter.blackbox', 'front').attributes.get('targets') ?? []).join('');
    const asked = [...targets.matchAll(/address="([^"]*)",module="(\w+)"/g)].map(([, where, how]) => [where, how]);
    expect(asked).toEqual([
      ['https://shop.example.com/health?a=$b', 'http'],
      ['http://[2001:db8::7]:8080', 'http'],
      ['mail.example.com:465', 'tcp'],
      ['192.0.2.1', 'icmp'],
      ['2001:db8::1', 'icmp'],
      ['192.0.2.53:53', 'dns'],
    ]);
  });

  test('give series that say what was asked and how', () => {
    expect(steps(text, 'front')).toEqual([
      { target_label: '"job"', replacement: '"front"' },
      { source_labels: '["__param_target"]', target_label: '"instance"' },
      { source_labels: '["__param_module"]', target_label: '"module"' },
    ]);
    const labels = { instance: 'all', module: 'any' };
    const own = configOf(planWith({ name: 'one', labels, blackbox: { icmp: { hosts: ['192.0.2.1'] } } }));
    expect(steps(own, 'one').map(({ target_label, replacement }) => [target_label, replacement])).toEqual([
      ['"instance"', '"all"'],
      ['"module"', '"any"'],
      ['"job"', '"one"'],
    ]);
  });

  test('by ping need the right to open such sockets, and others do not', () => {
    const patches = (source: object) =>
      alloySources(planWith(source), componentPlan({ name: 'alloy-sources' })).patchFiles.map(({ name }) => name);
    expect(patches(front)).toEqual(['source-credentials.yaml', 'ping.yaml']);
    expect(patches({ name: 'web', blackbox: { http: { urls: ['https://a.example.com'] } } })).toEqual([]);
  });
});

describe('devices', () => {
  const switches = { devices: ['sw-1.example.com', '[2001:db8::9]'], modules: ['if_mib', 'system'] };

  test('are walked by their modules as the public community', () => {
    const text = configOf(planWith({ name: 'switches', snmp: switches }));
    const { attributes } = block(text, 'prometheus.exporter.snmp', 'switches');
    expect([...attributes.keys()]).toEqual(['targets']);
    expect(attributes.get('targets')?.join('')).toBe(
      '[{name="sw-1.example.com",address="sw-1.example.com",module="if_mib,system",},{name="2001:db8::9",address="2001:db8::9",module="if_mib,system",},]',
    );
    expect(steps(text, 'switches').at(-1)).toEqual({
      source_labels: '["__param_target"]',
      target_label: '"instance"',
    });
  });

  test('are shown what a Secret holds, beside what is built in', () => {
    const text = configOf(planWith({ name: 'switches', snmp: { ...switches, auth: key('snmp.yml') } }));
    expect(checkFile(text)).toEqual([]);
    const { attributes } = block(text, 'prometheus.exporter.snmp', 'switches');
    expect(attributes.get('config')).toEqual(['local.file.switches_auth.content']);
    expect(attributes.get('config_merge_strategy')).toEqual(['"merge"']);
    expect(
      attributes
        .get('targets')
        ?.join('')
        .match(/auth="fleet"/g),
    ).toHaveLength(2);
    expect(Object.fromEntries(block(text, 'local.file', 'switches_auth').attributes)).toEqual({
      filename: ['"/etc/source-credentials/shop/snmp.yml"'],
      is_secret: ['true'],
    });
  });
});
