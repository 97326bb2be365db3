import { kinds } from '@lgtm-fleet/imports';
import { expect, test } from 'vitest';
import { slugsOf } from './pages.ts';

test('docs/import.md has a section for each kind, in their order', () => {
  const sections = slugsOf('docs/import.md').filter((slug) => kinds.some(({ name }) => name === slug));
  expect(sections.toSorted()).toEqual(kinds.map(({ name }) => name));
});
