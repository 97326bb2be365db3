import { PLAIN } from '@lgtm-fleet/plan';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../testing/rendered.ts';

test('the guide says what is not encrypted, and why, as the plan does', () => {
  const page = readFileSync(join(checkout(), 'docs/3-lgtm-stack.md'), 'utf8');
  const [, section = ''] = page.split('What stays as it is, and why:\n\n');
  const [said = ''] = section.split('\n\n');
  expect(said.split('\n')).toEqual(PLAIN.map(({ what, why }) => `- ${what}: ${why}`));
});
