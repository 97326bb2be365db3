import { parse } from '@lgtm-fleet/spec';
import { describe, expect, test } from 'vitest';
import { importFrom, type Imported } from '../../core/import.ts';
import { labelOf } from './checks/tags.ts';
import { checkOf } from './files.ts';
import { datadog } from './kind.ts';

function read(files: Readonly<Record<string, string>>): Imported {
  return importFrom(datadog, {
    cluster: 'moved',
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
  });
}

/** A check of one file, as `conf.d` has it. */
function check(name: string, text: string): Imported {
  return read({ [`conf.d/${name}.d/conf.yaml`]: text });
}

function specOf(imported: Imported) {
  const parsed = parse(imported.draft);
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  return parsed.value.cluster.spec;
}

/** What is said of a key: its outcome, and why or where it went. */
function saidOf({ entries }: Imported, path: string): readonly (readonly [string, string | undefined])[] {
  return entries
    .filter((entry) => entry.path === path)
    .map(({ outcome, mark }) => [outcome, mark?.note ?? mark?.to] as const);
}

describe('files', () => {
  test.each([
    ['conf.d/redisdb.d/conf.yaml', 'redisdb'],
    ['/etc/datadog-agent/conf.d/http_check.d/shop.yaml', 'http_check'],
    ['conf.d/postgres.yaml', 'postgres'],
    ['conf.d/cpu.d/conf.yaml.default', 'cpu'],
    ['datadog.yaml', undefined],
  ])('%s is of check %s', (path, name) => {
    expect(checkOf(path)).toBe(name);
  });

  test('an agent alone is a group of machines, with its tags', () => {
    const { ingest } = specOf(read({ 'datadog.yaml': 'api_key: do-not-copy\ntags: ["team:shop", "env:test"]\n' }));
    expect(ingest.hosts.map(({ name, labels, journal }) => ({ name, labels, journal }))).toEqual([
      { name: 'machines', labels: { team: 'shop', env: 'test' }, journal: false },
    ]);
  });

  test('one in a cluster is none', () => {
    const imported = read({ 'values.yaml': 'datadog:\n  site: datadoghq.eu\n  tags: ["team:shop"]\n' });
    expect(specOf(imported).ingest.hosts).toEqual([]);
    expect(imported.draft.text).toContain('    team: shop\n');
  });
});

describe('tags', () => {
  test.each([
    ['env:production', { name: 'env', value: 'production' }],
    ['url:http://a:1', { name: 'url', value: 'http://a:1' }],
    ['kube.app-name:x', { name: 'kube_app_name', value: 'x' }],
    ['2fa:on', { name: '_2fa', value: 'on' }],
    ['tier', undefined],
    ['pod:%%kube_pod_name%%', undefined],
  ])('%s', (tag, label) => {
    expect(labelOf(tag)).toEqual(label);
  });

  test('leave alone what says where a series comes from', () => {
    const imported = check('tcp_check', 'instances:\n- {name: a, host: a.example, port: 1, tags: ["cluster:b"]}\n');
    expect(specOf(imported).ingest.sources[0]?.labels).toEqual({ exported_cluster: 'b' });
  });
});

describe('instances', () => {
  test('with the same options are one source, and others are others', () => {
    const imported = check(
      'redisdb',
      `instances:
- {host: a.example, port: 6379, password: do-not-copy-1}
- {host: b.example, port: 6379, password: do-not-copy-1}
- {host: c.example, port: 6379}
`,
    );
    expect(specOf(imported).ingest.sources.map(({ name, redis }) => [name, redis?.servers])).toEqual([
      ['redisdb', ['a.example:6379', 'b.example:6379']],
      ['redisdb-2', ['c.example:6379']],
    ]);
    expect(imported.secrets.map(({ secret, key, line }) => [secret, key, line])).toEqual([
      ['source-redisdb', 'password', 2],
    ]);
    expect(JSON.stringify(imported)).not.toContain('do-not-copy');
  });

  test('of the machine itself stay behind, and take their secret with them', () => {
    const imported = check(
      'redisdb',
      'instances:\n- {host: localhost, password: do-not-copy-1}\n- {host: a.example, password: do-not-copy-1}\n',
    );
    expect(specOf(imported).ingest.sources[0]?.redis?.servers).toEqual(['a.example:6379']);
    expect(imported.secrets.map(({ line }) => line)).toEqual([3]);
    expect(saidOf(imported, 'instances[0].host')).toEqual([['impossible', expect.stringContaining('machine itself')]]);
  });

  test('of a template are refused', () => {
    const imported = check('openmetrics', 'instances:\n- openmetrics_endpoint: http://%%host%%:%%port%%/metrics\n');
    expect(specOf(imported).ingest.sources).toEqual([]);
    expect(saidOf(imported, 'instances[0].openmetrics_endpoint')).toEqual([
      ['impossible', expect.stringContaining('template of autodiscovery')],
    ]);
  });

  test('whose password nobody wrote leave no other key unseen', () => {
    const imported = check('postgres', 'instances:\n- {host: a.example, port: 5432, warp: 1}\n');
    expect(saidOf(imported, 'instances[0].warp')).toEqual([['unknown', undefined]]);
    expect(imported.secrets.map(({ secret, key }) => [secret, key])).toEqual([['source-postgres', 'data-source']]);
  });
});

describe('openmetrics', () => {
  const keepOf = (metrics: string) =>
    specOf(
      check('openmetrics', `instances:\n- openmetrics_endpoint: http://a.example:1/metrics\n  metrics: ${metrics}\n`),
    ).ingest.sources[0]?.keep;

  test('keeps a metric with the parts that Datadog leaves out of its name', () => {
    const [pattern = ''] = keepOf('[http_requests]') ?? [];
    const expression = new RegExp(`^(?:${pattern})$`);
    expect(
      ['http_requests', 'http_requests_total', 'http_requests_bucket'].map((name) => expression.test(name)),
    ).toEqual([true, true, true]);
    expect(expression.test('http_requests_failed')).toBe(false);
  });

  test('keeps all where all are asked for', () => {
    expect(keepOf('[".*"]')).toEqual([]);
  });

  test('joins more names than a source may list', () => {
    const names = Array.from({ length: 450 }, (_, index) => `metric_${index}`);
    const keep = keepOf(JSON.stringify(names)) ?? [];
    expect(keep.length).toBeLessThanOrEqual(200);
    const expression = new RegExp(`^(?:${keep.join('|')})$`);
    expect(names.filter((name) => !expression.test(name))).toEqual([]);
  });

  test('reads stars of the older check', () => {
    const imported = check(
      'prometheus',
      'instances:\n- prometheus_url: https://a.example/stats?format=prometheus\n  metrics: [{go_info: info}, "proc_*"]\n',
    );
    const [source] = specOf(imported).ingest.sources;
    expect(source?.keep).toEqual(['go_info(?:_total|_bucket|_sum|_count)?', 'proc_.*']);
    expect(source?.static).toMatchObject({
      targets: ['a.example:443'],
      scheme: 'https',
      path: '/stats',
      params: { format: ['prometheus'] },
    });
  });

  test('is any check that names an endpoint', () => {
    const imported = check('my_app', 'instances:\n- openmetrics_endpoint: http://a.example:1/metrics\n');
    expect(specOf(imported).ingest.sources.map(({ name }) => name)).toEqual(['my-app']);
  });
});

describe('http_check', () => {
  const httpOf = (options: string) =>
    specOf(check('http_check', `instances:\n- {name: a, url: "https://a.example/", ${options}}\n`)).ingest.sources[0]
      ?.blackbox?.http;

  test.each([
    ['http_response_status_code: "2\\\\d\\\\d"', 200, 100],
    ['http_response_status_code: 401', 401, 1],
    ['http_response_status_code: "(200|204)"', 200, 2],
  ])('takes the codes of %s', (options, first, count) => {
    const statuses = httpOf(options)?.statuses ?? [];
    expect(statuses[0]).toBe(first);
    // A source lists at most fifty, so of a whole hundred those that servers send.
    expect(statuses.length).toBe(count === 100 ? 10 : count);
  });

  test('follows redirects as Python does, unless told not to', () => {
    expect(httpOf('timeout: 3')).toMatchObject({ followRedirects: true, statuses: [] });
    expect(httpOf('allow_redirects: false')).toMatchObject({ followRedirects: false });
    expect(httpOf('allow_redirects: false')?.statuses).toEqual(expect.arrayContaining([200, 301]));
  });
});

describe('lines', () => {
  test('of a machine are files, a journal and logs of events', () => {
    const imported = check(
      'shop',
      'logs:\n- {type: file, path: /srv/*.log, service: a, source: b}\n- {type: journald}\n- {type: tcp, port: 1}\n',
    );
    expect(specOf(imported).ingest.hosts).toMatchObject([{ journal: true, files: ['/srv/*.log'] }]);
    expect(saidOf(imported, 'logs[1].type')).toEqual([['carried', 'ingest.hosts[machines].journal']]);
    expect(saidOf(imported, 'logs[2].port')).toEqual([['impossible', expect.stringContaining('at a port')]]);
  });

  test('of files of two systems are not one group', () => {
    const imported = check('shop', 'logs:\n- {type: file, path: "C:\\\\a.log"}\n- {type: file, path: /a.log}\n');
    expect(specOf(imported).ingest.hosts).toMatchObject([{ os: 'windows', files: ['C:\\a.log'] }]);
    expect(saidOf(imported, 'logs[1].path')).toEqual([['impossible', expect.stringContaining('another system')]]);
  });
});

describe('texts in values', () => {
  const values = `datadog:
  site: datadoghq.eu
  confd:
    redisdb.yaml: |-
      instances:
        - host: a.example
          warp: 1
`;

  test('are read at the lines in which they stand', () => {
    const imported = read({ 'values.yaml': values });
    expect(specOf(imported).ingest.sources.map(({ name }) => name)).toEqual(['redisdb']);
    expect(
      imported.entries.filter(({ outcome }) => outcome === 'unknown').map(({ path, line }) => [path, line]),
    ).toEqual([['datadog.confd["redisdb.yaml"].instances[0].warp', 7]]);
  });
});

describe('what was made at Datadog', () => {
  test('each monitor, and what it asks for, has a row of its own', () => {
    const imported = read({
      'monitors.json': JSON.stringify([
        { name: 'Load', type: 'query alert', query: 'avg(last_5m):avg:system.load.1{*} > 4' },
        { name: 'Pages', type: 'rum alert', query: 'rum("*").rollup("count") > 1' },
      ]),
    });
    expect(saidOf(imported, '[0].query')).toEqual([['impossible', expect.stringContaining('`node_load1`')]]);
    expect(saidOf(imported, '[1].query')).toEqual([['impossible', expect.stringContaining('monitor `Pages`')]]);
  });
});
