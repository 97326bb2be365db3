import { expect, test } from 'vitest';
import { openLedger } from '../core/ledger.ts';
import { child, itemsOf } from '../core/look.ts';
import type { LogContext } from './context.ts';
import { groupLabels } from './labels.ts';

function labelsOf(lines: readonly object[], external: readonly object[] = []) {
  const ledger = openLedger();
  const [root] = ledger.documents({ path: 'promtail.yaml', text: JSON.stringify({ lines, external }) });
  const context: LogContext = {
    ...{ ledger, cluster: 'moved', group: 'web', writer: (name) => name, filesAt: () => [] },
    place: 'machine',
    os: 'linux',
  };
  const labelled = itemsOf(child(root, 'lines')).map((labels, index) => ({ labels, told: `filename="/${index}"` }));
  const labels = groupLabels(labelled, itemsOf(child(root, 'external')), context);
  return { labels, entries: ledger.entries().filter(({ path }) => path.startsWith('lines')) };
}

test('a label is that of the group where all lines have it, with one value', () => {
  const { labels, entries } = labelsOf([
    { env: 'prod', team: 'a', __path__: '/0' },
    { env: 'prod', team: 'b', __path__: '/1' },
    { env: 'prod', __path__: '/2' },
  ]);
  expect(labels).toEqual({ env: 'prod' });
  const team = entries.filter(({ path }) => path.endsWith('team'));
  expect(team.map(({ outcome, mark }) => [outcome, mark?.note])).toEqual([
    ['impossible', expect.stringContaining('these are `{job="web", filename="/0"}`')],
    ['impossible', expect.stringContaining('these are `{job="web", filename="/1"}`')],
  ]);
});

test('what is put on all lines is a label of the group, unless the lines say otherwise', () => {
  expect(labelsOf([{ env: 'test' }], [{ env: 'prod', site: 'fra1' }]).labels).toEqual({ env: 'test', site: 'fra1' });
  expect(
    labelsOf(
      [],
      [
        { env: 'prod', a: '1' },
        { env: 'prod', a: '2' },
      ],
    ).labels,
  ).toEqual({ env: 'prod' });
});

test.each(['job', 'cluster', 'filename', 'source', 'channel', 'instance', 'hostname', '__hidden'])(
  'label %s is set by the collector, and never by the group',
  (name) => {
    const { labels, entries } = labelsOf([{ [name]: 'mine' }]);
    expect(labels).toEqual({});
    expect(entries.map(({ outcome }) => outcome)).not.toContain('unknown');
  },
);

test('what a variable of the machine says is not known', () => {
  expect(labelsOf([{ env: '${ENV}' }])).toMatchObject({ labels: {}, entries: [{ outcome: 'impossible' }] });
});
