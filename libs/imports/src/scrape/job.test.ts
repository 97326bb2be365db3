import { describe, expect, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { importFrom } from '../core/import.ts';
import { prometheus } from '../kinds/prometheus/kind.ts';

interface Source {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** The sources that jobs become, and why others do not. */
function of(jobs: readonly object[], others: Readonly<Record<string, unknown>> = {}) {
  const text = stringify({ ...others, scrape_configs: jobs });
  const { draft, entries } = importFrom(prometheus, { cluster: 'moved', files: [{ path: 'prometheus.yml', text }] });
  const { spec } = parseYaml(draft.text) as {
    readonly spec: {
      readonly load: { readonly metrics: { readonly scrapeInterval?: string } };
      readonly ingest?: { readonly sources: readonly Source[] };
    };
  };
  const notes = new Set(entries.flatMap(({ outcome, mark }) => (outcome === 'impossible' ? [mark?.note ?? ''] : [])));
  return { sources: spec.ingest?.sources ?? [], why: [...notes], every: spec.load.metrics.scrapeInterval };
}

const target = (...targets: readonly string[]) => ({ static_configs: [{ targets }] });

describe('a job', () => {
  test('keeps its name as label `job`, and no two sources are called alike', () => {
    const { sources } = of([
      { job_name: 'My Job', ...target('a:1') },
      { job_name: 'my_job', ...target('b:1') },
      { job_name: 'my-job', ...target('c:1') },
    ]);
    expect(sources.map(({ name, job }) => [name, job])).toEqual([
      ['my-job', 'My Job'],
      ['my-job-2', 'my_job'],
      ['my-job-3', 'my-job'],
    ]);
  });

  test('gives a label `job` of its targets the last word, as Prometheus does', () => {
    const [source] = of([
      { job_name: 'a', static_configs: [{ targets: ['a:1'], labels: { job: 'b', c: 'd' } }] },
    ]).sources;
    expect(source).toMatchObject({ name: 'a', job: 'b', labels: { c: 'd' } });
  });

  test('with groups of the same labels is one source, whatever their order', () => {
    const { sources } = of([
      {
        job_name: 'a',
        static_configs: [
          { targets: ['a:1'], labels: { x: '1', y: '2' } },
          { targets: ['b:1', 'a:1'], labels: { y: '2', x: '1' } },
        ],
      },
    ]);
    expect(sources).toEqual([{ name: 'a', labels: { x: '1', y: '2' }, static: { targets: ['a:1', 'b:1'] } }]);
  });

  test('with more targets than a source may have is several', () => {
    const targets = Array.from({ length: 5001 }, (_, at) => `h${at}:1`);
    expect(of([{ job_name: 'a', ...target(...targets) }]).sources.map(({ name }) => name)).toEqual(['a', 'a-2']);
  });

  test.each([
    ['10m', { interval: '10m', load: '75s' }],
    ['1s', { interval: '5s', load: '5s' }],
    ['15s', { interval: undefined, load: '15s' }],
  ])('inherits %s as the cluster file can say it', (interval, { interval: own, load }) => {
    const { sources, every } = of([{ job_name: 'a', ...target('a:1') }], { global: { scrape_interval: interval } });
    expect(every).toBe(load);
    expect(sources[0]?.['interval']).toBe(own);
  });

  test('with a timeout for all of them is not asked longer than its interval', () => {
    const jobs = [
      { job_name: 'fast', scrape_interval: '5s', ...target('a:1') },
      { job_name: 'usual', ...target('a:1') },
    ];
    const { sources } = of(jobs, { global: { scrape_interval: '30s', scrape_timeout: '20s' } });
    expect(sources.map(({ timeout }) => timeout)).toEqual(['5s', '20s']);
  });

  test.each([
    ['localhost', '127.0.0.1:9100', /machine itself/],
    ['a host without a name', ':9100', /no target/],
    ['an address with a path', 'a:1/metrics', /no target/],
    ['an address of HTTP', 'http://a:1', /no target/],
    ['a password', 'user:do-not-copy@a:1', /no target/],
    ['a port that is none', 'a:0', /no port/],
  ])('whose one target is %s is not possible', (_, one, message) => {
    const { sources, why } = of([{ job_name: 'a', ...target(one) }]);
    expect(sources).toEqual([]);
    expect(why.some((text) => message.test(text))).toBe(true);
  });

  test.each([
    ['a:1', {}, 'a:1'],
    ['a', {}, 'a:80'],
    ['a', { scheme: 'https' }, 'a:443'],
    ['[2001:db8::1]:9100', {}, '[2001:db8::1]:9100'],
  ])('has the target %s with %j as %s', (written, job, expected) => {
    const [source] = of([{ job_name: 'a', ...job, ...target(written) }]).sources;
    expect(source).toMatchObject({ static: { targets: [expected] } });
  });

  test('with one step of relabelling that cannot be said is not there at all', () => {
    const { sources, why } = of([
      { job_name: 'a', ...target('a:1'), relabel_configs: [{ source_labels: ['b'], regex: '(?!c)', action: 'drop' }] },
      { job_name: 'd', ...target('d:1') },
    ]);
    expect(sources.map(({ name }) => name)).toEqual(['d']);
    expect(why).toHaveLength(1);
  });
});

describe('a job of Kubernetes', () => {
  const kubernetes = (role: string, ...rules: readonly object[]) =>
    of([{ job_name: 'k', kubernetes_sd_configs: [{ role }], relabel_configs: rules }]).why;
  const keep = (source: string, regex: string) => ({ source_labels: [source], regex, action: 'keep' });

  test('of a known shape is what Alloy does already', () => {
    expect(kubernetes('node')).toEqual([]);
    expect(
      kubernetes('node', {
        target_label: '__metrics_path__',
        replacement: '/api/v1/nodes/${1}/proxy/metrics/cadvisor',
      }),
    ).toEqual([]);
    expect(kubernetes('pod', keep('__meta_kubernetes_pod_annotation_prometheus_io_scrape', 'true'))).toEqual([]);
  });

  test.each([
    ['the API server', 'endpoints', keep('__meta_kubernetes_service_name', 'default;kubernetes;https'), /API server/],
    [
      'annotated Services',
      'endpoints',
      keep('__meta_kubernetes_service_annotation_prometheus_io_scrape', 'true'),
      /annotations of pods/,
    ],
    ['anything else', 'endpoints', keep('__meta_kubernetes_service_label_app', 'x'), /write one of them/],
  ])('for %s says what to write', (_, role, rule, message) => {
    expect(kubernetes(role, rule)[0]).toMatch(message);
  });

  test('of another cluster says that it is an edge', () => {
    const { why } = of([
      { job_name: 'k', kubernetes_sd_configs: [{ role: 'pod', api_server: 'https://other.example' }] },
    ]);
    expect(why[0]).toMatch(/role: edge/);
  });
});
