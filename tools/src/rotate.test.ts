import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { outdatedIn } from './kubernetes/gateway.ts';
import { kubeconfig } from './testing/api-server.ts';
import { makeCheckout, removeCheckout } from './testing/checkout.ts';
import { runCli, type Ended } from './testing/cli.ts';
import { startToyCluster, type ToyCluster, type ToyOptions } from './testing/toy-cluster.ts';
import { secretOf, signInObjects, startToyGateway, type ToyGateway } from './testing/toy-gateway.ts';
import { loadFleet } from './workspace/clusters.ts';
import { planOf } from './workspace/tree.ts';

// A rotation by the real command line, on a cluster in memory; with the real nginx in rotate.program.test.ts.

const cluster = (name: string, spec: string): string =>
  `apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
const LAB =
  'kubernetes: { nodes: 3 }, objectStorage: { seaweedfs: { size: 10GB } }, tenants: [{ name: alpha, writers: [{ name: courier, credential: token }] }]';

let root = '';
beforeAll(() => {
  root = makeCheckout({
    'clusters/lab/cluster.yaml': cluster('lab', LAB),
    'clusters/elsewhere/cluster.yaml': cluster('elsewhere', 'secrets: { externalSecrets: { store: vault } }'),
    'clusters/lab/secret.txt': 'of-my-own-of-my-own-1\n',
  });
});
afterAll(() => {
  removeCheckout(root);
});

let toy: ToyCluster | undefined;
let gateway: ToyGateway | undefined;
afterEach(async () => {
  await toy?.close();
  gateway?.close();
  toy = gateway = undefined;
});

async function start(more: Partial<ToyOptions> = {}, config?: string): Promise<ToyCluster> {
  const fleet = loadFleet(root).clusters.map((one) => one.cluster);
  const lab = fleet.find(({ metadata }) => metadata.name === 'lab');
  if (lab === undefined) throw new Error('there is no lab');
  const plan = planOf({ cluster: lab, fleet, repository: 'https://git.example.com/fleet.git' });
  const started = await startToyGateway(() => secretOf(toy?.objects() ?? [], 'observability', 'gateway-credentials'));
  gateway = started;
  toy = await startToyCluster({
    version: 'v1.37.0',
    objects: signInObjects(plan, config),
    sync: () => [],
    portOf: (pod) => (pod === 'gateway-a' ? started.port : undefined),
    ...more,
  });
  return toy;
}

async function rotate(url: string, ...flags: readonly string[]): Promise<Ended> {
  const path = join(root, 'kubeconfig');
  writeFileSync(path, kubeconfig(url));
  const named = flags.some((flag) => flag.startsWith('--cluster')) ? [] : ['--cluster=lab'];
  return await runCli(['rotate', ...named, `--root=${root}`, ...flags], {
    env: { KUBECONFIG: path, HOME: root },
    killAfterMs: 60_000,
  });
}

const secrets = (of: ToyCluster) => of.objects().filter(({ kind }) => kind === 'Secret');
const shown = (of: ToyCluster, name: string, user: string) => secretOf(of.objects(), 'observability', name)[user];

describe('what was asked for is wrong', () => {
  test.each([
    ['nobody', [], 'error: nobody was named\n'],
    ['two things', ['--user=alpha', '--finish', '--revoke'], 'error: --finish and --revoke are two things\n'],
    ['a time that is none', ['--user=alpha', '--unused-for=soon'], 'error: --unused-for is not '],
    [
      "somebody else's secret",
      ['--user=alpha', '--secret=writer-credentials/courier=@FILE'],
      'error: a --secret is of',
    ],
  ])('%s', async (_, flags, said) => {
    const secret = join(root, 'clusters/lab/secret.txt');
    const ended = await rotate('http://127.0.0.1:1', ...flags.map((flag) => flag.replace('FILE', secret)));
    expect(ended.stderr.startsWith(said), ended.stderr).toBe(true);
    expect(ended.exitCode).toBe(2);
  });

  test.each([
    ['a user that there is not', ['--user=alpha', '--user=gamma'], 'unknown-user'],
    ['Secrets of a secret store', ['--cluster=elsewhere', '--user=main'], 'made-elsewhere'],
    ['a revocation of one whom the spec names', ['--user=alpha', '--revoke'], 'still-named'],
  ])('%s, and nothing is changed', async (_, flags, id) => {
    const on = await start();
    const before = secrets(on);
    const { exitCode, stderr } = await rotate(on.url, ...flags);
    expect(stderr).toContain(`error[${id}]`);
    expect(exitCode).toBe(1);
    expect(secrets(on)).toEqual(before);
  });
});

test('from the beginning to the end: nothing is printed that opens anything', { timeout: 60_000 }, async () => {
  const on = await start();
  const old = [shown(on, 'tenant-credentials', 'alpha'), shown(on, 'writer-credentials', 'courier')];
  const both = ['--user=alpha', '--user=courier'];
  const dry = await rotate(on.url, ...both, '--dry-run');
  expect(dry.stdout).toMatch(/would change Secrets .*gateway-credentials .*\nnothing was changed\n$/);
  expect(shown(on, 'tenant-credentials', 'alpha')).toBe(old[0]);

  const half = await rotate(on.url, ...both);
  expect([half.exitCode, half.stderr]).toEqual([0, '']);
  expect(half.stdout).toContain('restarts StatefulSet grafana');
  const next = [shown(on, 'tenant-credentials', 'alpha'), shown(on, 'writer-credentials', 'courier')];
  for (const [index, value] of next.entries()) {
    expect(value).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(value).not.toBe(old[index]);
  }
  expect(secretOf(on.objects(), 'monitoring', 'tenant-credentials')['alpha']).toBe(next[0]);

  const before = on.objects();
  const again = await rotate(on.url, ...both);
  expect(again.stdout).toContain('nothing was changed');
  expect(on.objects()).toEqual(before);

  const end = await rotate(on.url, ...both, '--finish');
  expect([end.exitCode, end.stderr]).toEqual([0, '']);
  const lists = secretOf(on.objects(), 'observability', 'gateway-credentials');
  expect(Object.keys(lists).toSorted()).toEqual(['htpasswd', 'tokens']);
  const twice = await rotate(on.url, ...both, '--finish');
  expect(twice.stdout).toContain('nothing was changed');
  for (const { stdout, stderr } of [dry, half, again, end, twice])
    for (const value of [...old, ...next]) expect(stdout + stderr).not.toContain(value);
});

test('a given value is taken from its file', { timeout: 30_000 }, async () => {
  const on = await start();
  const flag = `--secret=tenant-credentials/alpha=@${join(root, 'clusters/lab/secret.txt')}`;
  expect(await rotate(on.url, '--user=alpha', flag)).toMatchObject({ exitCode: 0 });
  expect(shown(on, 'tenant-credentials', 'alpha')).toBe('of-my-own-of-my-own-1');
});

test('nobody is given what the gateway does not take', { timeout: 60_000 }, async () => {
  const on = await start({ portOf: () => undefined });
  const old = shown(on, 'tenant-credentials', 'alpha');
  const { exitCode, stderr } = await rotate(on.url, '--user=alpha', '--timeout=2s');
  expect(stderr).toContain('after 2s the gateway does not take what is new: gateway-a/alpha');
  expect(exitCode).toBe(1);
  expect(shown(on, 'tenant-credentials', 'alpha')).toBe(old);
  const lists = secretOf(on.objects(), 'observability', 'gateway-credentials');
  expect(lists['htpasswd-previous']).toMatch(/^alpha:/);
});

test('a gateway that would refuse what was shown before is left alone', async () => {
  const on = await start({}, 'auth_basic_user_file /etc/gateway-credentials/htpasswd;');
  const before = secrets(on);
  const { exitCode, stderr } = await rotate(on.url, '--user=alpha');
  expect(stderr).toContain('does not take two credentials of one user');
  expect([exitCode, secrets(on)]).toEqual([1, before]);
});

describe('the end is refused', () => {
  const line = (user: string, credential: string, agent: string) =>
    `${JSON.stringify({ time: '2026-01-01T00:00:00Z', user, credential, status: '200', client: '10.0.0.3', user_agent: agent })}\n`;

  test('while somebody shows what was shown before, who is named', { timeout: 60_000 }, async () => {
    let log =
      line('courier', 'previous', 'cron/1') + line('alpha', '', 'x') + line('alpha', 'previous', 'Alloy/\u001b[2J');
    const on = await start({ logOf: () => log });
    await rotate(on.url, '--user=alpha');
    const before = secrets(on);
    const refused = await rotate(on.url, '--user=alpha', '--finish');
    expect(refused.stderr).toContain('still in use');
    expect(refused.stderr).toContain('  alpha from 10.0.0.3, Alloy/·[2J, at 2026-01-01T00:00:00Z');
    expect(refused.stderr).not.toContain('cron');
    expect([refused.exitCode, secrets(on)]).toEqual([1, before]);
    log = line('courier', 'previous', 'cron/1');
    expect(await rotate(on.url, '--user=alpha', '--finish')).toMatchObject({ exitCode: 0 });
  });

  test('but not to whom it must be', { timeout: 60_000 }, async () => {
    const on = await start({ logOf: () => line('alpha', 'previous', 'Alloy') });
    await rotate(on.url, '--user=alpha');
    expect(await rotate(on.url, '--user=alpha', '--finish', '--force')).toMatchObject({ exitCode: 0 });
    expect(secretOf(on.objects(), 'observability', 'gateway-credentials')).not.toHaveProperty('htpasswd-previous');
  });
});

test('of who is gone nothing is left', { timeout: 60_000 }, async () => {
  const on = await start();
  const file = join(root, 'clusters/lab/cluster.yaml');
  writeFileSync(file, cluster('lab', LAB.replace(/, writers: \[.*?\]/, '')));
  try {
    expect(await rotate(on.url, '--user=courier', '--revoke')).toMatchObject({ exitCode: 0, stderr: '' });
  } finally {
    writeFileSync(file, cluster('lab', LAB));
  }
  expect(shown(on, 'writer-credentials', 'courier')).toBeUndefined();
  expect(secretOf(on.objects(), 'observability', 'gateway-credentials')).not.toHaveProperty('tokens');
  expect(shown(on, 'tenant-credentials', 'alpha')).toBeDefined();
});

test.each([
  ['a line of the error log', '2026/01/01 [error] 7#7: user "alpha": password mismatch', 0],
  ['a line that is cut off', 'gent":"x","credential":"previous"}', 0],
  ['a broken one', '{"user":"alpha","credential":"previous"', 0],
  ['a name that says so', '{"user":"alpha","credential":"","user_agent":"\\"credential\\":\\"previous\\""}', 0],
  ['one that is', '{"user":"alpha","credential":"previous"}', 1],
])('of a log, %s', (_, line, count) => {
  expect(outdatedIn(line)).toHaveLength(count);
});
