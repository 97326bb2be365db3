import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { startLoki, write as writeLoki } from '../loki/testing/loki.ts';
import { startMimir, write as writeMimir } from '../mimir/testing/mimir.ts';
import { makeAuthority, openssl } from '../testing/certificates.ts';
import { nginx, startGateway } from '../testing/nginx.ts';
import { ready } from '../testing/programs.ts';
import { groupsFile, ownersFile, type OwnedGroup, type RulerStore } from './index-file.ts';

const SCRIPT = join(import.meta.dirname, '../../../../base/rules/bring-rules.sh');
const programs = { mimir: findProgram('mimir'), loki: findProgram('loki'), curl: findProgram('curl'), nginx, openssl };
const missing = Object.entries(programs).flatMap(([name, path]) => (path === undefined ? [name] : []));
const folder = temporaryFolder('rules');

/** Shells that the script may meet: that of Debian, and that of the image where it is there. */
const shells = ['dash', 'busybox'].flatMap((name) => {
  const found = findProgram(name);
  return found === undefined ? [] : [[name, name === 'busybox' ? [found, 'sh'] : [found]] as const];
});

const plan = planOf(
  {
    kubernetes: { nodes: 1 },
    metrics: { store: 'mimir' },
    tenants: [
      { name: 'alpha', load: '50%' },
      { name: 'beta', load: '25%', credential: 'token' },
      { name: 'delta', load: '25%', credential: 'certificate' },
    ],
  },
  'rules',
);
const PASSWORD = 'a/b+c= "$d\\e';
const TENANTS = ['alpha', 'beta', 'delta'] as const;
const PATHS = { metrics: '/prometheus/config/v1/rules', logs: '/loki/api/v1/rules' } as const;
const EXPRESSIONS = { metrics: 'up == 0', logs: 'sum(rate({job="x"}[5m])) > 1' } as const;

function group(tenant: string, store: RulerStore, name: string, wait = '1m'): OwnedGroup {
  return {
    tenant,
    store,
    namespace: `lgtm-fleet-${name.split('-')[0] ?? ''}`,
    group: name,
    file: `${store}-${name}.yaml`,
    value: { name, rules: [{ alert: 'Down', expr: EXPRESSIONS[store], for: wait }] },
  };
}

/** The files as the overlay has them, in one folder as in the pod. */
function writeRules(home: string, groups: readonly OwnedGroup[]): void {
  const rules = join(home, 'rules');
  rmSync(rules, { recursive: true, force: true });
  mkdirSync(rules, { recursive: true });
  writeFileSync(join(rules, 'owners.txt'), `# Generated.\n\n${ownersFile(plan)}`);
  writeFileSync(join(rules, 'groups.txt'), `# Generated.\n\n${groupsFile(groups)}`);
  for (const { file, value } of groups) writeFileSync(join(rules, file), `# Generated.\n${stringify(value)}`);
}

interface Brought {
  readonly status: number | null;
  readonly said: string;
}

/** A gateway with a certificate for `localhost`, and what each tenant shows there. */
async function door(home: string, real: Readonly<Record<string, number>>) {
  const at = (name: string): string => join(home, 'credentials', name);
  const text = (name: string): string => readFileSync(at(name), 'utf8');
  mkdirSync(join(home, 'credentials'));
  const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
  for (const [name, subject] of [
    ['server', 'localhost'],
    ['delta', 'delta'],
  ] as const) {
    const run = (...words: readonly string[]): unknown => execFileSync(openssl!, words, { stdio: 'ignore' });
    run(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.csr`),
      '-subj',
      `/CN=${subject}`,
      '-addext',
      `subjectAltName=DNS:${subject}`,
    );
    run(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      '-CA',
      join(authority, 'ca.crt'),
      '-CAkey',
      join(authority, 'ca.key'),
      '-CAcreateserial',
      '-days',
      '2',
      '-copy_extensions',
      'copy',
      '-out',
      at(`${name}.crt`),
    );
  }
  cpSync(join(authority, 'ca.crt'), at('ca.crt'));
  writeFileSync(at('alpha'), PASSWORD);
  writeFileSync(at('beta'), 'token-of-beta\n');
  const gateway = await startGateway(
    home,
    plan,
    {
      passwords: { alpha: PASSWORD },
      tokens: { 'token-of-beta': 'beta' },
      clientAuthority: text('ca.crt'),
      certificate: text('server.crt'),
      certificateKey: text('server.key'),
    },
    true,
    { services: real },
  );
  onTestFinished(() => gateway.stop());
  return gateway;
}

it.skipIf(missing.length > 0 || shells.length === 0).each(shells)(
  `rules come into the real rulers by the real nginx, in %s${missing.length > 0 ? ` (skipped: no ${missing.join(', ')})` : ''}`,
  { timeout: 120_000 },
  async (_, shell) => {
    const mimir = await startMimir(programs.mimir!, writeMimir(plan), [
      '-ingester.ring.min-ready-duration=0s',
      '-memberlist.join=127.0.0.1',
    ]);
    const loki = await startLoki(programs.loki!, writeLoki(plan), 'variants/monolithic/stateful-set.yaml');
    await ready(mimir, `${mimir.url}/ready`, 40);
    await ready(loki, `${loki.url}/ready`, 40);
    const stores = { metrics: mimir.url, logs: loki.url };
    const home = mkdtempSync(join(folder, 'pod-'));
    const gateway = await door(home, { mimir: Number(new URL(mimir.url).port), loki: Number(new URL(loki.url).port) });
    // Not waited for in one piece: the names of the stores are answered by this process.
    const bring = async (): Promise<Brought> => {
      const child = spawn(shell[0]!, [...shell.slice(1), SCRIPT], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          PATH: process.env['PATH'],
          RULES: join(home, 'rules'),
          CREDENTIALS: join(home, 'credentials'),
          STATE: join(home, 'state'),
          GATEWAY_URL: `http://127.0.0.1:${String(gateway.port)}`,
          CERTIFICATE_URL: `https://localhost:${String(gateway.tlsPort)}`,
          ONCE: 'yes',
        },
      });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      const [status] = (await once(child, 'close')) as [number | null];
      return { status, said };
    };
    const there = async (tenant: string, store: RulerStore): Promise<unknown> => {
      const answer = await fetch(stores[store] + PATHS[store], { headers: { 'X-Scope-OrgID': tenant } });
      const found =
        answer.status === 404
          ? {}
          : (parse(await answer.text()) as Record<
              string,
              readonly { name: string; rules: readonly { for?: string }[] }[]
            >);
      return Object.fromEntries(
        Object.entries(found).map(([namespace, groups]) => [
          namespace,
          Object.fromEntries(groups.map(({ name, rules }) => [name, rules[0]?.for])),
        ]),
      );
    };
    const give = (
      tenant: string,
      store: RulerStore,
      namespace: string,
      value: OwnedGroup['value'],
    ): Promise<Response> =>
      fetch(`${stores[store]}${PATHS[store]}/${namespace}`, {
        method: 'POST',
        headers: { 'X-Scope-OrgID': tenant, 'Content-Type': 'application/yaml' },
        body: stringify(value),
      });

    const both = (['metrics', 'logs'] as const).flatMap((store) =>
      TENANTS.flatMap((tenant) => [group(tenant, store, 'rings-one'), group(tenant, store, 'rings-two')]),
    );
    writeRules(home, both);
    for (const store of ['metrics', 'logs'] as const) {
      const answer = await give('alpha', store, 'of-its-own', group('alpha', store, 'own-rules').value);
      expect(answer.status).toBe(202);
    }
    const first = await bring();
    expect(first.status, first.said).toBe(0);
    const wanted = { 'lgtm-fleet-rings': { 'rings-one': '1m', 'rings-two': '1m' } };
    for (const store of ['metrics', 'logs'] as const) {
      expect(await there('alpha', store)).toEqual({ 'of-its-own': { 'own-rules': '1m' }, ...wanted });
      expect(await there('beta', store)).toEqual(wanted);
      expect(await there('delta', store)).toEqual(wanted);
    }

    // Nothing is written where nothing has changed, so the second time says nothing.
    const second = await bring();
    expect(second).toEqual({ status: 0, said: '' });

    // One group has gone, one has changed, one is new; of a tenant, all have gone; somebody has tampered.
    writeRules(home, [
      ...both
        .filter(({ tenant, group: name }) => tenant !== 'beta' && name !== 'rings-two')
        .map((one) => group(one.tenant, one.store, one.group, '5m')),
      ...(['metrics', 'logs'] as const).map((store) => group('alpha', store, 'nodes-new')),
    ]);
    expect(
      (await give('delta', 'metrics', 'lgtm-fleet-rings', group('delta', 'metrics', 'rings-one', '9m').value)).status,
    ).toBe(202);
    const third = await bring();
    expect(third.status, third.said).toBe(0);
    for (const store of ['metrics', 'logs'] as const) {
      expect(await there('alpha', store)).toEqual({
        'of-its-own': { 'own-rules': '1m' },
        'lgtm-fleet-rings': { 'rings-one': '5m' },
        'lgtm-fleet-nodes': { 'nodes-new': '1m' },
      });
      expect(await there('beta', store)).toEqual({});
      expect(await there('delta', store)).toEqual({ 'lgtm-fleet-rings': { 'rings-one': '5m' } });
    }

    // Somebody deletes what is the fleet's: it comes back, though no file has changed.
    await fetch(`${stores.logs}${PATHS.logs}/lgtm-fleet-rings`, {
      method: 'DELETE',
      headers: { 'X-Scope-OrgID': 'delta' },
    });
    const fourth = await bring();
    expect(fourth.status, fourth.said).toBe(0);
    expect(await there('delta', 'logs')).toEqual({ 'lgtm-fleet-rings': { 'rings-one': '5m' } });

    // A rule that the ruler refuses is named, keeps the others from nothing, and the pod is not ready.
    writeRules(home, [
      group('alpha', 'metrics', 'rings-one'),
      {
        ...group('alpha', 'metrics', 'rings-bad'),
        value: { name: 'rings-bad', rules: [{ alert: 'Bad', expr: 'sum(' }] },
      },
    ]);
    const fifth = await bring();
    expect(fifth.status).toBe(1);
    expect(fifth.said).toMatch(/"tenant":"alpha","store":"metrics","msg":"the ruler answers 400 to group rings-bad/);
    expect(await there('alpha', 'metrics')).toEqual({
      'of-its-own': { 'own-rules': '1m' },
      'lgtm-fleet-rings': { 'rings-one': '1m' },
    });

    // With a wrong password nothing comes in, and who it is is said.
    writeFileSync(join(home, 'credentials/alpha'), 'wrong');
    const sixth = await bring();
    expect(sixth.status).toBe(1);
    expect(sixth.said).toContain('"tenant":"alpha","store":"logs","msg":"the ruler answers 401');
    for (const { said } of [first, second, third, fourth, fifth, sixth]) expect(said).not.toContain('token-of-beta');
  },
);
