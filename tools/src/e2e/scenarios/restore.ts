import { bucketNames } from '@lgtm-fleet/spec';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksOf } from '../check.ts';
import { readAll } from '../checks/durability.ts';
import { headOf } from '../checks/gitops.ts';
import { countAll, flush, giveBack, keepSecrets, loseNamespace, past, pushPast } from '../checks/rebuild.ts';
import { giveRules, rulesAre } from '../checks/rules.ts';
import { synced } from '../checks/sync.ts';
import { temporaryFolder } from '../outside/folders.ts';
import { machineAt } from '../outside/machine.ts';
import { startObjectStorage, type ObjectStorage } from '../outside/object-storage.ts';
import { planned } from '../planned.ts';
import { bootstrap, stage, type Place, type Prepared, type ScenarioResult } from '../scenario.ts';
import { write } from '../writer.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const FIXTURE = 'restore';
const PREFIX = 'e2e-restore';
const STORES = ['loki', 'mimir', 'tempo', 'gateway'];
/** Loki uploads what it holds when it ends, and has ten minutes for it. */
const GONE_SECONDS = 900;

/** The namespace of the stack is deleted, with its volumes and Secrets, and comes back from buckets and git. */
export async function restore(place: Place): Promise<ScenarioResult> {
  const machine = machineAt(place.environment.address, place.cleanup);
  const weed = machine.find('weed');
  if (weed === undefined) {
    const checks = checksOf(FIXTURE);
    checks.skip('the stack is rebuilt from buckets and git', 'there is no weed on this machine, for buckets outside');
    return { checks: checks.results, missing: [] };
  }
  const storage = await startObjectStorage(machine, weed, Object.values(bucketNames(PREFIX)));
  const prepared = prepare(place, storage);
  return await stage(
    place,
    FIXTURE,
    900,
    async (on) => {
      const { checks, cluster, door } = on;
      const [alpha, beta] = await Promise.all([cluster.credential('alpha'), cluster.credential('beta')]);
      const now = Date.now();
      // Nobody else writes as beta, so that its first samples may be a day old.
      const pasts = [past(beta, 'yesterday', 26, 600, now), past(beta, 'today', 0, 600, now)];
      await checks.run('samples and lines of yesterday and of now are taken', async () => {
        for (const one of pasts) await pushPast(door, one);
        // Counted where they are read back, before and after.
        return { detail: '1,200 samples and 1,200 lines' };
      });
      await checks.run("a tenant's rules are there as it gave them", () => giveRules(door, alpha));
      const writer = write(door, alpha, 'before-the-end');
      await sleep(20_000);
      const written = await writer.stop();
      await checks.run('the stores upload what they hold', () => flush(cluster));
      await checks.run('before: samples and lines of yesterday and of now are counted', () =>
        countAll(door, pasts, 300),
      );
      await checks.run('before: all that was acknowledged is read back', () => readAll({ door, as: alpha }, written));
      const names = planned(on.checkout)
        .secrets.filter(({ namespace }) => namespace === 'observability')
        .map(({ name }) => name);
      const secrets = await keepSecrets(cluster, names);
      const lost = await checks.run('the namespace is deleted with its volumes', () =>
        loseNamespace(cluster, GONE_SECONDS),
      );
      if (!lost) return;
      await checks.run('bootstrap finds every Secret that was given back', async () => {
        if (secrets.length !== names.length) throw new Error(`of ${names.join(', ')} not all were kept`);
        await giveBack(cluster, on.checkout.cluster, secrets);
        const said = await bootstrap(place.environment, on.checkout, prepared.flags);
        if (!said.includes('Secrets: all there')) throw new Error(said);
        return {};
      });
      await checks.run('the stack is rebuilt from git', async () => {
        const seen = await synced(on, await headOf(on.checkout), 1500);
        for (const component of STORES) await cluster.ready('observability', component, 600);
        return seen;
      });
      await checks.run('after: samples and lines of yesterday and of now are counted as before', () =>
        countAll(door, pasts, 600),
      );
      await checks.run('after: all that was acknowledged is read back', () => readAll({ door, as: alpha }, written));
      await checks.run("after: a tenant's rules are there as it gave them", () => rulesAre(door, alpha));
      const again = write(door, alpha, 'after-the-end');
      await sleep(10_000);
      const more = await again.stop();
      await checks.run('what is written after it comes back, too', () => readAll({ door, as: alpha }, more));
    },
    prepared,
  );
}

/** Where objects are, and with which keys, as a person says it. */
function prepare({ cleanup }: Place, { endpoint, accessKey, secretKey }: ObjectStorage): Required<Prepared> {
  const folder = join(temporaryFolder(cleanup, 'keys'), 'keys');
  mkdirSync(folder, { mode: 0o700 });
  const keys = { ACCESS_KEY_ID: accessKey, SECRET_ACCESS_KEY: secretKey };
  return {
    edits: [{ path: ['spec', 'objectStorage', 's3', 'endpoint'], value: endpoint }],
    flags: Object.entries(keys).flatMap(([key, value]) => {
      const file = join(folder, key);
      writeFileSync(file, value, { mode: 0o600 });
      return ['--secret', `object-storage/${key}=@${file}`];
    }),
  };
}
