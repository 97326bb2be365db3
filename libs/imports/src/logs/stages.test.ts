import { describe, expect, test } from 'vitest';
import { openLedger, type Entry } from '../core/ledger.ts';
import { readStages } from './stages.ts';

function entriesOf(stage: object, place: 'nodes' | 'machine' | 'sender'): readonly Entry[] {
  const ledger = openLedger();
  const [stages] = ledger.documents({ path: 'promtail.yaml', text: JSON.stringify([stage]) });
  readStages(stages, { ledger, place, group: 'web' });
  return ledger.entries();
}

/** Every stage that Promtail 3.6 has, but for `pipeline`, which only names a list of others. */
const STAGES = [
  ...['json', 'logfmt', 'regex', 'replace', 'metrics', 'labels', 'labeldrop', 'timestamp', 'output', 'docker', 'cri'],
  ...['match', 'template', 'tenant', 'drop', 'sampling', 'limit', 'multiline', 'pack', 'labelallow', 'static_labels'],
  ...['decolorize', 'eventlogmessage', 'geoip', 'non_indexed_labels', 'structured_metadata'],
];

describe.each(['nodes', 'machine', 'sender'] as const)('of lines of %s', (place) => {
  test.each(STAGES)('%s has an answer', (name) => {
    expect(entriesOf({ [name]: { some: 'thing' } }, place).map(({ outcome }) => outcome)).not.toContain('unknown');
  });
});

test('a stage that nobody knows is not taken for known', () => {
  expect(entriesOf({ telepathy: { reads: 'minds' } }, 'nodes').map(({ outcome }) => outcome)).toEqual(['unknown']);
  expect(entriesOf({ constructor: { a: 1 } }, 'nodes').map(({ outcome }) => outcome)).toEqual(['unknown']);
});

test('what stands in a match is answered for by itself', () => {
  const match = { match: { selector: '{a="b"}', stages: [{ json: { source: 'x' } }, { wish: { a: 1 } }] } };
  expect(
    entriesOf(match, 'machine').map(({ path, outcome, mark }) => [path, outcome, mark?.note?.split('; ')[1]]),
  ).toEqual([
    ['[0].match.selector', 'impossible', 'else by hand, with `stage.match`'],
    ['[0].match.stages[0].json.source', 'impossible', 'else by hand, with `stage.json`'],
    // Said of the whole, since nobody knows more of it.
    ['[0].match.stages[1].wish.a', 'impossible', 'else by hand, with `stage.match`'],
  ]);
});

test('pod and stream are no labels on nodes, so dropping them is nothing that is lost', () => {
  const entries = entriesOf({ labeldrop: ['stream', 'node_name'] }, 'nodes');
  expect(entries.map(({ outcome }) => outcome)).toEqual(['changed', 'impossible']);
});
