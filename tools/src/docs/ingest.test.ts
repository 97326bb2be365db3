import { checkWiring, parseAlloy } from '@lgtm-fleet/alloy';
import type { Plan } from '@lgtm-fleet/plan';
import { catalogues, checkLogql, checkPromql, metricsUsed } from '@lgtm-fleet/queries';
import { clusterJsonSchema, secretsOf, seriesOfSource, sourceKinds, targetsOf } from '@lgtm-fleet/spec';
import { describe, expect, test } from 'vitest';
import { makeCheckout, removeCheckout } from '../testing/checkout.ts';
import { runCli } from '../testing/cli.ts';
import { examplesIn, excerptsIn, filesOf, generate, PAGE, type Example } from './ingest-examples.ts';
import { fencesOf, proseOf, read } from './pages.ts';
import { codesIn, rowsIn, sectionsOf, type Section } from './sections.ts';

/** Part 4 of the guide: every example is generated, and what the page says of it is there. */

const sections = sectionsOf(PAGE);
const sectionOf = (heading: string): Section => sections.find((one) => one.heading === heading)!;
const named = ({ heading }: Section): string => /^`([a-zA-Z0-9-]+)`/.exec(heading)?.[1] ?? '';
const right = (section: Section): readonly Example[] => examplesIn(section).filter(({ fault }) => fault === undefined);
const all = sections.flatMap((section) => examplesIn(section));
const whole = generate(filesOf(all.filter(({ path, fault }) => path.endsWith('#spec') && fault === undefined)));
const harbour = whole.plans.get('harbour')!;

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
}
const spec = clusterJsonSchema()['properties'] as Readonly<Record<'spec', Schema>>;
const keysOf = (name: string): Readonly<Record<string, Schema>> => spec.spec.properties?.[name]?.properties ?? {};
const ofEntry = (list: string): Readonly<Record<string, Schema>> => keysOf('ingest')[list]?.items?.properties ?? {};

describe('nothing is left out', () => {
  const headings = sections.map(named).filter((name) => name !== '');

  test('each kind of source, each protocol and each system has a section, with an example, a file and a query', () => {
    const kinds = [
      ...sourceKinds,
      ...(ofEntry('senders')['protocols']?.items?.enum ?? []),
      ...(ofEntry('hosts')['os']?.enum ?? []),
    ];
    expect(headings.toSorted()).toEqual(kinds.toSorted());
    for (const section of sections.filter((one) => named(one) !== '')) {
      expect(right(section), section.heading).toHaveLength(1);
      expect(excerptsIn(section).length, section.heading).toBeGreaterThan(0);
      expect(queriesIn(section).length, section.heading).toBeGreaterThan(0);
    }
  });

  test('and its example is one of it', () => {
    for (const section of sections.filter((one) => named(one) !== '')) {
      const { sources, senders, hosts } = generate(filesOf(right(section))).plans.get('harbour')!.ingest;
      const shown = [
        ...sources.map((source) => sourceKinds.find((kind) => source[kind] !== undefined)),
        ...senders.flatMap(({ protocols }) => protocols),
        ...hosts.map(({ os }) => os),
      ];
      expect(shown, section.heading).toEqual([named(section)]);
    }
  });

  test('each key that every source has is explained', () => {
    const keys = rowsIn(sectionOf('What every source says').text).flatMap(([keys = '']) => codesIn(keys));
    const known = Object.keys(ofEntry('sources')).filter((key) => !sourceKinds.some((kind) => kind === key));
    expect(['name', ...keys].toSorted()).toEqual(known.toSorted());
  });

  test('kinds that are scraped over HTTP have the keys that it says, and no other kind has all of them', () => {
    const [, sentence = ''] = /^Kinds whose targets are scraped over HTTP also have (.+)$/m.exec(proseOf(PAGE)) ?? [];
    const having = sourceKinds.filter((kind) =>
      codesIn(sentence).every((key) => key in (ofEntry('sources')[kind]?.properties ?? {})),
    );
    expect(codesIn(sentence)).toHaveLength(7);
    expect(having).toEqual(['static', 'dns', 'http', 'consul', 'ec2', 'azure', 'gce']);
    const table = rowsIn(sectionOf('The kinds').text);
    const overHttp = table.flatMap(([kind = '', asks = '']) => (asks.endsWith('by HTTP') ? codesIn(kind) : []));
    expect(overHttp).toEqual(having);
  });

  test('every block is an example, a fault with what is said of it, an excerpt, a query or a command', () => {
    const known = (one: ReturnType<typeof fencesOf>[number]): boolean =>
      ['promql', 'logql', 'sh'].includes(one.language) ||
      one.path.startsWith('overlays/') ||
      all.some(({ text, fault }) => text === one.text || fault === one.text) ||
      // Of the bootstrap, where it is run.
      one.text.startsWith('error[missing-secret]');
    expect(fencesOf(PAGE).filter((one) => !known(one))).toEqual([]);
  });
});

const generatedIn = (section: Section): ReturnType<typeof generate> =>
  right(section).length === 0 ? whole : generate(filesOf(right(section)));

describe.each(sections.filter((section) => excerptsIn(section).length > 0))('files in «$heading»', (section) => {
  const { plans: planned, files } = generatedIn(section);

  test('stand as they are quoted', () => {
    for (const { path, parts } of excerptsIn(section)) {
      let rest = files.get(path) ?? '';
      for (const part of parts) {
        expect(rest, path).toContain(part);
        rest = rest.slice(rest.indexOf(part) + part.length);
      }
    }
  });

  test('are read by Alloy without a fault', () => {
    const configs = [...files].filter(([path]) => path.endsWith('/config.alloy'));
    expect(configs.length).toBeGreaterThan(0);
    for (const [path, text] of configs) {
      const { file, faults } = parseAlloy(text);
      expect([...faults, ...checkWiring(file)], path).toEqual([]);
    }
  });

  test('mount the Secrets that sources refer to, which are in the plan', () => {
    for (const { cluster, ingest: own, secrets } of planned.values())
      for (const { secret, key } of secretsOf(own)) {
        expect(secrets.find(({ name, namespace }) => name === secret && namespace === 'monitoring')).toMatchObject({
          remoteKey: `lgtm-fleet/${cluster}/${secret}`,
          keys: expect.arrayContaining([key]) as unknown,
        });
        const mounts = files.get(`overlays/${cluster}/alloy-sources/patches/source-credentials.yaml`);
        expect(mounts).toContain(`mountPath: /etc/source-credentials/${secret}`);
      }
  });
});

test('every part of a cluster file that is right has a file that comes of it', () => {
  for (const section of sections.filter((one) => right(one).some(({ path }) => path.endsWith('#spec'))))
    expect(excerptsIn(section).length, section.heading).toBeGreaterThan(0);
});

const kinds = sections.filter((section) => sourceKinds.some((kind) => kind === named(section)));
test.each(kinds)('$heading adds the labels, and opens the ways, that it says', (section) => {
  const { plans: planned, files } = generatedIn(section);
  const config = files.get('overlays/harbour/alloy-sources/config.alloy') ?? '';
  const { labels, relabel } = planned.get('harbour')!.ingest.sources[0]!;
  const known = ['job', 'instance', ...Object.keys(labels), ...relabel.map(({ targetLabel }) => targetLabel)];
  const set = new Set([...config.matchAll(/^\t\ttarget_label += "(\w+)"$/gm)].map(([, label = '']) => label));
  const [, added = '', out = ''] = /^Adds (.+)\. Let out to (.+)\.$/m.exec(section.text) ?? [];
  expect(codesIn(added)).toEqual([...set].filter((label) => !known.includes(label)));
  expect(codesIn(out).toSorted()).toEqual(waysOf(planned.get('harbour')!).toSorted());
});

/** Where the plan lets the collector out to for its sources. */
function waysOf({ connections }: Plan): readonly string[] {
  return connections.flatMap(({ from, to, port }) =>
    from.kind === 'pods' && from.component === 'alloy-sources' && to.kind === 'outside' && to.name === 'sources'
      ? (to.hosts ?? ['*']).map((host) => (port === 0 ? host : `${host}:${String(port)}`))
      : [],
  );
}

interface Query {
  readonly language: 'promql' | 'logql';
  readonly text: string;
}

/** Blocks, and the last cells of tables that have a column of queries. */
function queriesIn({ fences, text }: Section): readonly Query[] {
  const blocks = fences.flatMap(({ language, text: query }): Query[] =>
    language === 'promql' || language === 'logql' ? [{ language, text: query.trim() }] : [],
  );
  const cells = /^\|.*\| query +\|$/m.test(text) ? rowsIn(text).flatMap((cells) => codesIn(cells.at(-1) ?? '')) : [];
  return [...blocks, ...cells.map((cell): Query => ({ language: 'promql', text: cell }))];
}

describe('queries', () => {
  const queries = sections.flatMap(queriesIn);
  const jobs = [...harbour.ingest.sources.map(({ job }) => job), ...harbour.ingest.hosts.map(({ name }) => name)];
  const others = ['monitoring/alloy-sources', 'scales', 'archive'];

  test.each(queries)('$text', ({ language, text }) => {
    expect(language === 'promql' ? checkPromql(text) : checkLogql(text)).toEqual([]);
    for (const [, job = ''] of text.matchAll(/job="([^"]+)"/g)) expect([...jobs, ...others]).toContain(job);
  });

  test('ask the node exporter for what it gives', () => {
    const named = queries.flatMap(({ language, text }) => (language === 'promql' ? metricsUsed(text) : []));
    const ofNodes = named.flatMap(({ name = '' }) => (name.startsWith('node_') ? [name] : []));
    expect(new Set(ofNodes).size).toBeGreaterThanOrEqual(4);
    expect(ofNodes.filter((name) => !catalogues['node-exporter'].has(name))).toEqual([]);
  });

  test('there is one for the absence of each', () => {
    const asked = queriesIn(sectionOf('Is it there')).map(({ text }) => text);
    expect(asked.length).toBeGreaterThanOrEqual(15);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe('what is wrong', () => {
  const faults = all.filter(({ fault }) => fault !== undefined);
  test.each(faults)('$fault', { timeout: 60_000 }, async (example) => {
    const root = makeCheckout(Object.fromEntries(filesOf([example])));
    try {
      const { exitCode, stderr } = await runCli(['generate-overlay', '--root', root]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(example.fault);
      expect(stderr).toMatch(/\n1 error\n$/);
    } finally {
      removeCheckout(root);
    }
  });

  test('is shown for loads, for series and for edges', () => {
    const ids = faults.map(({ fault = '' }) => /^error\[([a-z-]+)\]/.exec(fault)?.[1]);
    expect(ids).toEqual(['edges-beyond-hub', 'sources-beyond-load', 'same-series-twice']);
  });
});

describe('numbers', () => {
  test('of series are what the plan counts on', () => {
    const rows = rowsIn(sectionOf('The kinds').text);
    expect(rows.map(([kind = '']) => codesIn(kind)[0])).toEqual(sourceKinds);
    for (const [kind = '', , said = ''] of rows) {
      const source = harbour.ingest.sources.find((one) => codesIn(kind)[0]! in one)!;
      // The plan has what follows, where the file has what is said.
      const { series: _, intervalSeconds: __, timeoutSeconds: ___, limits, ...rest } = source;
      const asWritten = { ...rest, limits: { ...limits, samples: undefined } };
      expect(said, kind).toBe((seriesOfSource(asWritten) / targetsOf(asWritten)).toLocaleString('en'));
    }
  });

  test('of limits are those of a source that says none', () => {
    const { limits } = harbour.ingest.sources.find(({ name }) => name === 'proxies')!;
    expect(limits).toEqual({ labels: 40, labelNameLength: 256, labelValueLength: 2048 });
    expect(proseOf(PAGE)).toContain('40 labels, names of 256 bytes, values of 2,048');
  });
});

describe('Secrets', () => {
  const [example] = right(sectionOf('`static`: targets by address'));
  const providers = rowsIn(sectionOf('Secrets').text).map(([provider = '', value = '']) => ({ provider, value }));

  test('come from whoever fills the others', () => {
    expect(providers.map(({ provider }) => codesIn(provider)[0]?.split(':')[0])).toEqual(
      Object.keys(keysOf('secrets')),
    );
  });

  test('lie in a store under the name that the page says', () => {
    const text = filesOf([example!]).get('clusters/harbour/cluster.yaml')!;
    const { files } = generate(
      new Map([['clusters/harbour/cluster.yaml', `${text}  secrets: { externalSecrets: { store: vault } }\n`]]),
    );
    const [key, property] = codesIn(providers[1]!.value);
    const made = [...files].filter(([path]) => path.startsWith('overlays/harbour/secrets/')).map(([, one]) => one);
    expect(made.join('\n')).toMatch(new RegExp(`key: ${key!}\n +property: ${property!}\n`));
  });
});

test('the page says that no Alloy has run, as long as the report of a cluster does', () => {
  const { checks } = JSON.parse(read('docs/e2e-report.json')) as { checks: { name: string; status: string }[] };
  const ran = checks.some(({ name, status }) => name === 'Alloy collects' && status === 'passed');
  expect(proseOf(PAGE).includes('No Alloy has run here with any of this.')).toBe(!ran);
});

test('the collector of sources has its section in part 3, as every component', () => {
  expect(sectionsOf('docs/3-lgtm-stack.md').map(({ heading }) => heading)).toContain('Alloy sources');
});
