import { describe, expect, it } from 'vitest';
import { checkFile } from './check.ts';
import { component } from './component.ts';
import { call, reference, sum } from './expression.ts';
import { parseFile } from './parse.ts';
import { printFile } from './print.ts';

const write = component('loki.write', 'main', {
  external_labels: { cluster: 'a', 'with space': 'b' },
  endpoint: { url: 'http://gateway', max_backoff_retries: 0 },
});

describe('printFile', () => {
  it('prints what alloy fmt leaves as it is', () => {
    const text = printFile([
      component(
        'loki.process',
        'main',
        {
          forward_to: [reference('loki.write.main.receiver')],
          'stage.cri': {},
          'stage.label_drop': { values: ['a"b'] },
        },
        { comment: 'first\nsecond', comments: { 'stage.cri': 'why' } },
      ),
      write,
    ]);
    expect(text).toBe(
      [
        '// first',
        '// second',
        'loki.process "main" {',
        '\tforward_to = [loki.write.main.receiver]',
        '',
        '\t// why',
        '\tstage.cri { }',
        '',
        '\tstage.label_drop {',
        '\t\tvalues = [`a"b`]',
        '\t}',
        '}',
        '',
        'loki.write "main" {',
        '\texternal_labels = {',
        '\t\tcluster      = "a",',
        '\t\t"with space" = "b",',
        '\t}',
        '',
        '\tendpoint {',
        '\t\turl                 = "http://gateway"',
        '\t\tmax_backoff_retries = 0',
        '\t}',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('puts labels to inner blocks that have them', () => {
    const job = { namespace: 'a', regions: ['b'], metric: { name: 'c', statistics: ['Sum'] } };
    const custom_namespace = { first: job, second: { ...job, namespace: 'd' } };
    const text = printFile([component('prometheus.exporter.cloudwatch', 'x', { sts_region: 'b', custom_namespace })]);
    expect(checkFile(text)).toEqual([]);
    const inner = parseFile(text)[0]?.blocks.map(({ label, attributes }) => [label, attributes.get('namespace')]);
    expect(inner).toEqual([
      ['first', ['"a"']],
      ['second', ['"d"']],
    ]);
  });

  it.each([
    ['plain', '"plain"'],
    ['^a\\d+$', '`^a\\d+$`'],
    ['tick ` and \\', '"tick ` and \\\\"'],
    ['two\nlines "quoted"', '"two\\nlines \\"quoted\\""'],
    ['a: 1\nb: "\\d"\n', '`a: 1\nb: "\\d"\n`'],
    ['a: `\nb: 2\n', '"a: `\\nb: 2\\n"'],
    ['\n', '"\\n"'],
    ['é\u0007', '"é\\u0007"'],
  ])('writes the string %j as %s', (value, expected) => {
    expect(printFile([component('loki.write', 'a', { external_labels: { x: value } })])).toContain(`x = ${expected},`);
  });

  it('writes computed values', () => {
    const field = sum('spec.nodeName=', call('sys.env', 'NODE_NAME'));
    const text = printFile([
      component('discovery.kubernetes', 'a', { role: 'pod', selectors: { role: 'pod', field } }),
    ]);
    expect(text).toContain('field = "spec.nodeName=" + sys.env("NODE_NAME")');
  });

  it('refuses what cannot be written', () => {
    expect(() => printFile([component('loki.write', 'team-b', {})])).toThrow("'team-b' is not a label");
    expect(() => printFile([component('loki.write', 'a', { max_streams: Number.NaN })])).toThrow('NaN');
    expect(() => printFile([component('loki.write', 'a', { external_labels: { x: '\ud83d' } })])).toThrow('surrogate');
    expect(() => reference('a.b-c')).toThrow('not a reference');
  });

  it('refuses a comment for what is not there', () => {
    expect(() => component('loki.write', 'a', {}, { comments: { 'endpoint/url': 'why' } })).toThrow('endpoint/url');
  });

  it('knows the arguments of every component at compile time', () => {
    // @ts-expect-error an argument that loki.write does not have
    component('loki.write', 'a', { max_stream: 1 });
    // @ts-expect-error an argument of an inner block that is not there
    component('loki.write', 'a', { endpoint: { url: 'http://a', retries: 1 } });
    // @ts-expect-error the address of an endpoint is required
    component('loki.write', 'a', { endpoint: { name: 'a' } });
    // @ts-expect-error a component that is generally available in no release
    component('loki.wrote', 'a', {});
    expect.assertions(0);
  });
});

describe('parseFile', () => {
  it('reads back what was printed', () => {
    const [block] = parseFile(printFile([write]));
    expect(block).toMatchObject({ name: 'loki.write', label: 'main' });
    expect(block?.blocks[0]?.attributes.get('max_backoff_retries')).toEqual(['0']);
  });

  it.each([
    ['a "b" {', 'not closed'],
    ['a {\n}\n}', 'line 3: a block closes'],
    ['a {\nx = [1\n}', "line 3: '}' closes what was not opened"],
    ['a {\nx = (1', "')' is missing"],
    ['a {\nx =\n}', 'a value is missing'],
    ['a {\nx = 1\nx = 2\n}', "line 3: 'x' is set twice"],
    ['a {\nx = ;\n}', 'line 2:'],
    ['a\n', 'neither an attribute nor a block'],
  ])('refuses %j', (text, message) => {
    expect(() => parseFile(text)).toThrow(message);
  });
});

describe('checkFile', () => {
  it.each([
    ['loki.wrote "a" { }\n', 'loki.wrote.a: unknown component'],
    ['loki.write "a" {\n\tmax_stream = 1\n}\n', "loki.write.a: unknown argument 'max_stream'"],
    ['loki.write "a" {\n\twal {\n\t\tenabled = true\n\t}\n}\n', "loki.write.a: unknown block 'wal'"],
    ['loki.write "a" {\n\tendpoint { }\n}\n', "loki.write.a/endpoint: 'url' is missing"],
    ['loki.write "a" { }\n\nloki.write "a" { }\n', 'loki.write.a is there twice'],
    [
      'loki.process "a" {\n\tforward_to = [loki.write.b.receiver]\n}\n',
      "loki.process.a: nothing exports 'loki.write.b.receiver'",
    ],
  ])('finds the fault in %j', (text, fault) => {
    expect(checkFile(text)).toEqual([fault]);
  });

  it('takes calls and strings for what they are', () => {
    const text = 'loki.write "a" {\n\tendpoint {\n\t\turl = sys.env("loki.write.b") + `x.y`\n\t}\n}\n';
    expect(checkFile(text)).toEqual([]);
  });
});
