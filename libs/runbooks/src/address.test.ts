import { expect, it } from 'vitest';
import { runbookUrl } from './address.ts';

it.each([
  ['https://github.com/acme/fleet.git', 'https://github.com/acme/fleet/blob/main'],
  ['https://user@github.com/acme/fleet', 'https://github.com/acme/fleet/blob/main'],
  ['git@github.com:acme/fleet.git', 'https://github.com/acme/fleet/blob/main'],
  ['ssh://git@git.example.com:2222/acme/fleet.git', 'https://git.example.com/acme/fleet/blob/main'],
  ['https://gitlab.example.com/platform/acme/fleet.git', 'https://gitlab.example.com/platform/acme/fleet/-/blob/main'],
  ['https://codeberg.org/acme/fleet/', 'https://codeberg.org/acme/fleet/src/branch/main'],
])('the pages of %s are below %s', (url, folder) => {
  expect(runbookUrl({ cluster: 'a', repository: { url, revision: 'main' } }, 'store-down')).toBe(
    `${folder}/overlays/a/runbooks/store-down.md`,
  );
});
