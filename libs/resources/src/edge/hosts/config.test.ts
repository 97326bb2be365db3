import { checkWiring, formatAlloy, parseAlloy } from '@lgtm-fleet/alloy';
import { planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../alloy-syntax/check.ts';
import { printFile } from '../../alloy-syntax/print.ts';
import { parseFile, type ParsedBlock } from '../../alloy-syntax/parse.ts';
import { hostConfig } from './config.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The text for a group with these, of a writer with this credential. */
function config(fields: Fields = {}, credential = 'password'): string {
  const planned = planOf(
    {
      load: { metrics: { activeSeries: '100k' } },
      exposure: {
        gateway: { name: 'public', namespace: 'gateways' },
        grafana: { hostname: 'grafana.example.com' },
        ingest: { hostname: 'push.example.com' },
      },
      tenants: [{ name: 'main', writers: [{ name: 'plant', credential }] }],
      ingest: { hosts: [{ name: 'vms', writer: 'plant', ...fields }] },
    },
    'home',
  );
  const [group] = planned.ingest.hosts;
  if (group === undefined) throw new Error('there is no group');
  return printFile(hostConfig(planned, group));
}

function blocks(text: string, name: string): readonly ParsedBlock[] {
  return parseFile(text).filter((block) => block.name === name);
}

/** Of the first component of a name: the blocks in it of another. */
function inner(text: string, name: string, block: string): ParsedBlock | undefined {
  return blocks(text, name)[0]?.blocks.find((one) => one.name === block);
}

const systems = ['linux', 'windows'] as const;
const credentials = ['password', 'token', 'certificate'] as const;
const FILES = { linux: ['/var/log/app/*.log'], windows: [String.raw`C:\Logs\*.log`] };

describe.each(systems.flatMap((os) => credentials.map((credential) => [os, credential] as const)))(
  'on %s with a %s',
  (os, credential) => {
    it.each([
      ['as it is', {}],
      ['with OTLP', { otlp: true }],
      ['with files', { files: FILES[os] }],
      ['with everything', { otlp: true, files: FILES[os], labels: { site: 'plant-1' } }],
      ['without lines', { journal: false, eventLogs: [] }],
    ])('holds together %s', (_, fields) => {
      const text = config({ os, ...fields }, credential);
      expect(checkFile(text)).toEqual([]);
      const { file, faults } = parseAlloy(text);
      expect([...faults, ...checkWiring(file)]).toEqual([]);
      expect(formatAlloy(file)).toBe(text);
    });

    it('pushes all three signals to the gateway, each with what the writer shows', () => {
      const text = config({ os, otlp: true }, credential);
      const base = credential === 'certificate' ? 'https://push.example.com:8443' : 'https://push.example.com';
      const urls = [...text.matchAll(/(?:url|endpoint) += "(https:[^"]+)"/g)].map(([, url]) => url);
      expect(urls).toEqual([`${base}/api/v1/push`, `${base}/loki/api/v1/push`, `${base}/otlp`]);
      const folder = os === 'linux' ? '/etc/alloy/credentials/' : 'C:\\ProgramData\\GrafanaLabs\\Alloy\\credentials\\';
      const files = [...text.matchAll(/(?:_file|filename) += (?:"|`)([^"`]+)(?:"|`)/g)].map(([, file]) => file);
      const shown = { password: ['plant'], token: ['plant'], certificate: ['ca.crt', 'plant.crt', 'plant.key'] };
      expect(new Set(files)).toEqual(new Set(shown[credential].map((name) => `${folder}${name}`)));
      expect(text.match(/username += "plant"/g) ?? []).toHaveLength(credential === 'password' ? 3 : 0);
    });
  },
);

describe('a machine', () => {
  it('is told from others by its name, on metrics, logs and OTLP', () => {
    const text = config({ otlp: true, files: FILES.linux });
    const relabelled = blocks(text, 'discovery.relabel').map(({ blocks: rules }) =>
      rules.map(({ attributes }) => [attributes.get('target_label')?.[0], attributes.get('replacement')?.[0]]),
    );
    expect(relabelled).toEqual([
      [
        ['"job"', '"vms"'],
        ['"instance"', 'constants.hostname'],
      ],
      [
        ['"job"', '"vms/alloy"'],
        ['"instance"', 'constants.hostname'],
      ],
    ]);
    for (const name of ['loki.source.journal', 'loki.source.file'])
      expect(JSON.stringify([...(blocks(text, name)[0]?.attributes.values() ?? [])]), name).toContain(
        '"instance","=","constants.hostname"',
      );
    expect(text).toContain('`set(resource.attributes["host.name"], "` + constants.hostname + `")`');
  });

  it('has the labels of its group and its hub on everything', () => {
    const text = config({ otlp: true, labels: { site: 'plant "1"' } });
    for (const name of ['prometheus.remote_write', 'loki.write'])
      expect(blocks(text, name)[0]?.attributes.get('external_labels')?.join(''), name).toBe(
        '{cluster="home",site=`plant "1"`,}',
      );
    expect(text.match(/set\(resource\.attributes\["site"\], "plant \\"1\\""\)/g)).toHaveLength(3);
  });

  it('keeps on disk for as long as its group says, and no limit lets go of a line', () => {
    const text = config({ buffer: '2d', otlp: true });
    const wal = inner(text, 'prometheus.remote_write', 'wal')?.attributes;
    expect([wal?.get('truncate_frequency'), wal?.get('max_keepalive_time')]).toEqual([['"7200s"'], ['"172800s"']]);
    expect(blocks(text, 'loki.source.journal')[0]?.attributes.get('max_age')).toEqual(['"172800s"']);
    expect(inner(text, 'loki.write', 'endpoint')?.attributes.get('max_backoff_retries')).toEqual(['0']);
    expect(inner(text, 'loki.process', 'stage.limit')?.attributes.has('drop')).toBe(false);
    expect(inner(text, 'otelcol.exporter.otlphttp', 'retry_on_failure')?.attributes.get('max_elapsed_time')).toEqual([
      '"0s"',
    ]);
    const brief = inner(config({ buffer: '10m' }), 'prometheus.remote_write', 'wal')?.attributes;
    expect(brief?.get('truncate_frequency')).toEqual(['"600s"']);
  });

  it('reads as often as its group says, within that time, and not more than ten times what it should have', () => {
    const scrape = blocks(config({ interval: '5s', series: 3000, count: 2 }), 'prometheus.scrape')[0]?.attributes;
    expect([scrape?.get('scrape_interval'), scrape?.get('scrape_timeout'), scrape?.get('sample_limit')]).toEqual([
      ['"5s"'],
      ['"5s"'],
      ['15000'],
    ]);
  });

  it('listens on loopback alone', () => {
    const endpoints = [...config({ otlp: true }).matchAll(/endpoint = "([\d.]+:\d+)"/g)].map(([, at]) => at);
    expect(endpoints).toEqual(['127.0.0.1:4317', '127.0.0.1:4318']);
  });

  it('needs no component that is not generally available', () => {
    expect(config({ otlp: true, files: FILES.linux })).not.toMatch(
      /^otelcol\.storage|^\t+(?:storage|queue_config \{\n\t+capacity)/m,
    );
  });
});

describe('on Windows', () => {
  it('each log of events has a component, whose label is one also where names are alike', () => {
    const text = config({ os: 'windows', eventLogs: ['System', 'A-B/C', 'A B/C', 'System'] });
    const sources = blocks(text, 'loki.source.windowsevent');
    expect(sources.map(({ label, attributes }) => [label, attributes.get('eventlog_name')?.[0]])).toEqual([
      ['events_system', '"System"'],
      ['events_a_b_c', '"A-B/C"'],
      ['events_a_b_c_2', '"A B/C"'],
    ]);
    for (const { attributes } of sources) expect(attributes.get('use_incoming_timestamp')).toEqual(['true']);
  });

  it('there is no journal, and on Linux there are no events', () => {
    expect(config({ os: 'windows' })).not.toContain('journal');
    expect(config()).not.toContain('windows');
  });
});
