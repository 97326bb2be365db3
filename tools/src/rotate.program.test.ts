import { linesByUser, takes } from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import { temporaryFolder } from '@lgtm-fleet/queries/testing';
import { basic, bearer, nginx, startGateway, type RunningGateway } from '@lgtm-fleet/resources/testing';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeconfig } from './testing/api-server.ts';
import { makeCheckout, removeCheckout } from './testing/checkout.ts';
import { runCli, type Ended } from './testing/cli.ts';
import { startToyCluster, type ToyCluster } from './testing/toy-cluster.ts';
import { secretOf, signInObjects } from './testing/toy-gateway.ts';
import { loadFleet } from './workspace/clusters.ts';
import { planOf } from './workspace/tree.ts';

/** A rotation by the real command line at the real nginx, through which two senders push all the while. */

const CLUSTER = `apiVersion: lgtm-fleet/v1
kind: Cluster
metadata: { name: lab }
spec:
  kubernetes: { nodes: 3 }
  objectStorage: { seaweedfs: { size: 10GB } }
  tenants: [{ name: alpha, writers: [{ name: courier, credential: token }] }]
`;
/** As a kubelet brings a changed Secret into pods, only faster. */
const KUBELET_MS = 1500;
/** A kubelet swaps all files at once; here what was shown before comes first, and no file is ever half written. */
const LISTS = ['htpasswd-previous', 'htpasswd', 'tokens-previous', 'tokens'] as const;

interface Sender {
  readonly statuses: number[];
  readonly stop: () => Promise<void>;
}

describe.skipIf(nginx === undefined)('a rotation at the real nginx (skipped where none is on PATH)', () => {
  const folder = temporaryFolder('rotate');
  let root = '';
  let plan: Plan;
  let toy: ToyCluster;
  let gateway: RunningGateway;
  beforeAll(async () => {
    root = makeCheckout({ 'clusters/lab/cluster.yaml': CLUSTER });
    const fleet = loadFleet(root).clusters.map(({ cluster }) => cluster);
    plan = planOf({ cluster: fleet[0]!, fleet, repository: 'https://git.example.com/fleet.git' });
    gateway = await startGateway(folder, plan, {});
    toy = await startToyCluster({
      version: 'v1.37.0',
      objects: signInObjects(plan),
      sync: () => [],
      changed: ({ kind, metadata }) => {
        if (kind === 'Secret' && metadata.name === 'gateway-credentials') setTimeout(mount, KUBELET_MS);
        // A new pod has the Secret as it is.
        if (kind === 'Deployment' && metadata.name === 'gateway') {
          mount();
          gateway.reload();
        }
      },
      portOf: (pod) => (pod === 'gateway-a' ? gateway.port : undefined),
      logOf: (_, seconds) => since(gateway.log(), seconds),
    });
    mount();
    gateway.reload();
    writeFileSync(join(root, 'kubeconfig'), kubeconfig(toy.url));
  });
  afterAll(async () => {
    await gateway.stop();
    await toy.close();
    removeCheckout(root);
  });

  const lists = () => secretOf(toy.objects(), 'observability', 'gateway-credentials');
  function mount(): void {
    const texts = lists();
    const paths = { htpasswd: gateway.files.passwords, tokens: gateway.files.tokens };
    for (const name of LISTS) {
      const path = name.startsWith('htpasswd')
        ? name.replace('htpasswd', paths.htpasswd)
        : name.replace('tokens', paths.tokens);
      const text = texts[name];
      if (text === undefined) rmSync(path, { force: true });
      else {
        writeFileSync(`${path}.new`, text);
        renameSync(`${path}.new`, path);
      }
    }
  }
  const password = () => secretOf(toy.objects(), 'monitoring', 'tenant-credentials')['alpha'] ?? '';
  const token = () => secretOf(toy.objects(), 'observability', 'writer-credentials')['courier'] ?? '';
  const rotate = (...flags: readonly string[]): Promise<Ended> =>
    runCli(['rotate', '--cluster=lab', `--root=${root}`, '--user=alpha', '--user=courier', ...flags], {
      env: { KUBECONFIG: join(root, 'kubeconfig'), HOME: root },
      killAfterMs: 60_000,
    });
  const push = async (headers: { readonly authorization: string }, agent: string) =>
    (await gateway.ask('/loki/api/v1/push', { ...headers, 'user-agent': agent }, 'POST')).status;

  /** Pushes without a rest, with what it is said to show. */
  function send(agent: string, shows: () => { readonly authorization: string }): Sender {
    const statuses: number[] = [];
    let going = true;
    const ended = (async () => {
      while (going as boolean) {
        statuses.push(await push(shows(), agent));
        await sleep(100);
      }
    })();
    return {
      statuses,
      stop: async () => {
        going = false;
        await ended;
      },
    };
  }

  it('refuses nobody, until the end refuses what was shown before', { timeout: 120_000 }, async () => {
    const old = { alpha: password(), courier: token() };
    await expect.poll(() => push(bearer(token()), 'x'), { timeout: 10_000 }).toBe(200);
    // A collector reads its file again, as late as the kubelet brings it; somebody outside has to be told.
    let collected = old.alpha;
    let told = old.courier;
    const following = setInterval(() => {
      const now = password();
      setTimeout(() => (collected = now), KUBELET_MS);
    }, 100);
    const senders = [send('collector/1', () => basic('alpha', collected)), send('courier/1', () => bearer(told))];
    try {
      await expect.poll(() => senders.every(({ statuses }) => statuses.length > 0), { timeout: 10_000 }).toBe(true);
      const half = await rotate();
      expect([half.exitCode, half.stderr]).toEqual([0, '']);
      const line = linesByUser(lists()['htpasswd'] ?? '').get('alpha') ?? '';
      expect([takes(line, old.alpha), takes(line, password()), token() === old.courier]).toEqual([false, true, false]);

      await expect.poll(() => collected, { timeout: 10_000 }).toBe(password());
      const early = await rotate('--finish', '--unused-for=2s');
      expect(early.exitCode).toBe(1);
      expect(early.stderr).toMatch(/courier from 127\.0\.0\.1, courier\/1, at /);

      told = token();
      await sleep(4000);
      const end = await rotate('--finish', '--unused-for=2s');
      expect([end.exitCode, end.stderr]).toEqual([0, '']);
      await expect
        .poll(() => Promise.all([push(basic('alpha', old.alpha), 'x'), push(bearer(old.courier), 'x')]), {
          timeout: 20_000,
        })
        .toEqual([401, 401]);
      expect(await Promise.all([push(basic('alpha', password()), 'x'), push(bearer(token()), 'x')])).toEqual([
        200, 200,
      ]);
      for (const { stdout, stderr } of [half, early, end])
        for (const value of [...Object.values(old), password(), token()]) expect(stdout + stderr).not.toContain(value);
    } finally {
      clearInterval(following);
      await Promise.all(senders.map(({ stop }) => stop()));
    }
    for (const { statuses } of senders) expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

/** The lines of the access log of so many seconds; an API server gives no others. */
function since(log: string, seconds: number): string {
  return log
    .split('\n')
    .filter((line) => {
      const [, time = ''] = /^\{"time":"([^"]+)"/.exec(line) ?? [];
      return Date.parse(time) >= Date.now() - seconds * 1000;
    })
    .join('\n');
}
