import { stringify } from '@lgtm-fleet/yaml';
import { randomUUID } from 'node:crypto';
import { rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shortfall, type Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { shown } from '../outside/sender.ts';
import { mustRun } from '../programs.ts';
import { until } from '../wait.ts';

const SERIES = 200;
const METRIC = 'e2e_remote_written';

/**
 * promtool pushes by remote write, as whoever writes for a tenant; the tenant finds each series with its value, and no
 * other tenant finds one.
 */
export async function remoteWritten(
  promtool: string,
  door: FrontDoor,
  writer: Credential,
  owner: Credential,
  other: Credential,
): Promise<Seen> {
  const run = randomUUID();
  const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-remote-write-'));
  try {
    const [client, metrics] = [join(folder, 'client.yml'), join(folder, 'metrics.txt')];
    // In a file: arguments are there for everybody to see.
    writeFileSync(client, stringify(shown(writer)), { mode: 0o600 });
    const lines = Array.from({ length: SERIES }, (_, index) => `${METRIC}{run="${run}",index="${index}"} ${index}`);
    writeFileSync(metrics, `# TYPE ${METRIC} gauge\n${lines.join('\n')}\n`);
    const args = ['push', 'metrics', `--http.config.file=${client}`, '--label=job=workshop'];
    const where = ['--remote-write.path=/api/v1/push', door.url];
    await mustRun(promtool, [...args, ...where, metrics], { timeoutSeconds: 60 });
  } finally {
    rmSync(folder, { recursive: true });
  }
  const selector = `${METRIC}{run="${run}",job="workshop"}`;
  const found = await until('the series', { seconds: 60 }, async () => {
    const series = await door.samples(owner, selector);
    return series.length >= SERIES ? series : undefined;
  });
  const right = found.filter(({ labels, values }) => values.at(-1)?.[1] === Number(labels['index'])).length;
  const counts = { pushed: SERIES, acknowledged: SERIES, readBack: right, lost: SERIES - right };
  if (right !== SERIES || found.length !== SERIES) throw shortfall('series came back changed', counts);
  if ((await door.samples(other, selector)).length > 0)
    throw new Error(`tenant ${other.tenant} sees series of ${owner.tenant}`);
  return { counts, detail: `as ${writer.tenant}` };
}
