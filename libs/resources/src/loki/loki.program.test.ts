import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hubPlans } from '../testing/checkout.ts';
import { yamlFiles } from '../testing/plans.ts';
import { findStore, temporaryFolder, titleWith } from '../testing/programs.ts';
import { loki } from './resources.ts';

const program = findStore('loki');
const folder = temporaryFolder('loki');

describe('Loki itself', () => {
  const title = titleWith('loki', program, 'accepts the configuration of $cluster');
  it.skipIf(program === undefined).each(hubPlans())(title, (plan) => {
    const [config] = yamlFiles(loki, plan, 'loki');
    const path = join(folder, `${plan.cluster}.yaml`);
    writeFileSync(path, config!.text);
    const run = spawnSync(program!, ['-verify-config', `-config.file=${path}`, '-config.expand-env=true'], {
      encoding: 'utf8',
      env: { ACCESS_KEY_ID: 'key', SECRET_ACCESS_KEY: 'a/b+c=', ZONE: 'zone-a' },
    });
    expect(run.stderr + run.stdout).toContain('config is valid');
    expect(run.status).toBe(0);
  });
});
