import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samplesOf } from './exposition.ts';

test('samples with and without labels and times; comments and empty lines are none', () => {
  const page = [
    '# HELP http_requests_total The total number of "HTTP" requests.',
    '# TYPE http_requests_total counter',
    'http_requests_total{method="post",code="200"} 1027 1395066363000',
    '',
    'metric_without_timestamp_and_labels 12.47',
    'something_weird{problem="division by zero",} +Inf -3982045',
    'rpc_duration_seconds{quantile="0.99"}\t4.7588e+04',
    'nothing{} NaN',
  ].join('\n');
  expect(samplesOf(page)).toEqual([
    { name: 'http_requests_total', labels: { method: 'post', code: '200' } },
    { name: 'metric_without_timestamp_and_labels', labels: {} },
    { name: 'something_weird', labels: { problem: 'division by zero' } },
    { name: 'rpc_duration_seconds', labels: { quantile: '0.99' } },
    { name: 'nothing', labels: {} },
  ]);
});

test('what was written is what is read', () => {
  const value = fc.string({ unit: fc.constantFrom('a', ' ', ',', '=', '{', '}', '"', '\\', '\n', 'ä', '#') });
  const labels = fc.dictionary(fc.stringMatching(/^[a-z_]\w{0,5}$/), value, { maxKeys: 4 });
  const escaped = (text: string): string =>
    text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  fc.assert(
    fc.property(fc.array(fc.record({ name: fc.stringMatching(/^[a-z_:][\w:]{0,5}$/), labels })), (samples) => {
      const line = (sample: (typeof samples)[number]): string =>
        `${sample.name}{${Object.entries(sample.labels)
          .map(([key, text]) => `${key}="${escaped(text)}"`)
          .join(',')}} 1`;
      expect(samplesOf(samples.map(line).join('\n'))).toEqual(
        samples.map((sample) => ({ name: sample.name, labels: { ...sample.labels } })),
      );
    }),
  );
});

test.each([
  ['a page of HTML', '<html>', 'no sample: <html>'],
  ['a sample without a value', 'metric', 'no sample: metric'],
  ['labels that are not closed', 'metric{a="b} 1', 'no labels'],
  ['labels without a comma', 'metric{a="b"c="d"} 1', 'no labels'],
])('%s is refused', (_, page, words) => {
  expect(() => samplesOf(page)).toThrow(words);
});
