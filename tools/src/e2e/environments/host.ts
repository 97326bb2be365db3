import type { KubeConfig } from '@kubernetes/client-node';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../../kubernetes/client.ts';
import type { Cleanup } from '../cleanup.ts';
import type { Environment } from '../environment.ts';
import { mustRun } from '../programs.ts';

const PORT = 9419;

/**
 * Any cluster that can reach this machine at an address (kind: the gateway of its Docker network), where a git daemon
 * serves what is committed. The cluster pulls its images itself.
 */
export function host(config: KubeConfig, client: Client, address: string, cleanup: Cleanup): Environment {
  const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-git-'));
  const daemon = spawn(
    'git',
    ['daemon', '--export-all', `--listen=${address}`, `--port=${String(PORT)}`, `--base-path=${folder}`, folder],
    { stdio: 'ignore' },
  );
  cleanup.add(() => {
    daemon.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    name: config.getCurrentContext(),
    address,
    config,
    publish: async (checkout, name) => {
      const bare = join(folder, `${name}.git`);
      await mustRun('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
      await mustRun('git', ['-C', checkout, 'push', '--quiet', bare, 'HEAD:main']);
      return `git://${address}:${String(PORT)}/${name}.git`;
    },
    load: () => Promise.resolve([]),
    kill: async ({ namespace, name }) => {
      await client.send({
        method: 'DELETE',
        path: `/api/v1/namespaces/${namespace}/pods/${name}`,
        body: { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 },
      });
    },
    killing: 'pods deleted without grace',
  };
}
