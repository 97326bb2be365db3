import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { ask, certificateOf, issue, makeAuthority, openssl, serialOf } from '../testing/certificates.ts';
import { yamlFiles } from '../testing/plans.ts';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { moved, start } from '../testing/programs.ts';
import { prometheus } from './resources.ts';

const program = openssl === undefined ? undefined : findProgram('prometheus');
const folder = temporaryFolder('prometheus-tls');
const NAME = 'prometheus.observability.svc.cluster.local';

it.skipIf(program === undefined)(
  `Prometheus serves HTTPS, and a renewed certificate at once${unlessFound('prometheus', program)}`,
  { timeout: 60_000 },
  async () => {
    const plan = examplePlan('home-lab', { tls: { issuer: 'internal' } });
    const home = mkdtempSync(join(folder, 'pod-'));
    for (const { name, text } of yamlFiles(prometheus, plan, 'prometheus'))
      writeFileSync(join(home, name), moved(text, home));
    const own = join(home, 'etc/tls');
    const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    issue(authority, certificateOf(plan, 'prometheus-tls'), own);
    const port = await freePort();
    const { log } = start(
      program!,
      [
        `--config.file=${home}/prometheus.yml`,
        `--web.config.file=${home}/web.yml`,
        `--storage.tsdb.path=${home}/data`,
        `--web.listen-address=127.0.0.1:${String(port)}`,
        '--web.route-prefix=/prometheus',
        '--web.external-url=/prometheus',
      ],
      home,
    );
    const ready = () =>
      ask({ port, path: '/prometheus/-/ready', name: NAME, trust: own }).then(
        ({ status }) => status,
        (error: unknown) => `${String(error)} ${log().slice(-500)}`,
      );
    await expect.poll(ready, { timeout: 30_000 }).toBe(200);
    expect((await fetch(`http://127.0.0.1:${String(port)}/prometheus/-/ready`)).status).toBe(400);
    const before = await serialOf(port, NAME, own);
    issue(authority, certificateOf(plan, 'prometheus-tls'), own);
    expect(await serialOf(port, NAME, own)).not.toBe(before);
  },
);
