import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentConfig } from './agent-config.ts';
import { ALL, plannedWith } from './testing/planned.ts';

const promtool = findProgram('promtool');
const folder = temporaryFolder('agent-config');
const config = stringify(agentConfig(plannedWith(ALL)));

test.skipIf(promtool === undefined).each([
  ['takes the sources as an agent has them', (text: string) => text, 0],
  [
    'refuses a key that it does not know, so the test above means something',
    (text: string) => text.replace('sample_limit', 'sample_limits'),
    1,
  ],
])(`promtool %s${unlessFound('promtool', promtool)}`, (name, change, status) => {
  const file = join(folder, `${String(name.length)}.yml`);
  writeFileSync(file, change(config));
  const run = spawnSync(promtool!, ['check', 'config', '--agent', '--syntax-only', file], { encoding: 'utf8' });
  expect([run.status, status === 0 ? run.stderr : ''], run.stderr).toEqual([status, '']);
});
