import type { Seen } from '../check.ts';
import { shortfall } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { until } from '../wait.ts';

/** What a collector scraped from exporters' pods is there, with the label by which clusters are told apart. */
export async function scraped(door: FrontDoor, as: Credential, missing: ReadonlySet<string>): Promise<Seen> {
  const wanted = [
    { component: 'kube-state-metrics', series: 'kube_pod_info{cluster!=""}' },
    { component: 'node-exporter', series: 'node_filesystem_avail_bytes{cluster!=""}' },
  ].filter(({ component }) => !missing.has(component));
  let found = 0;
  for (const { component, series } of wanted)
    found += await until(`series of ${component}`, { seconds: 120, everyMs: 3000 }, async () => {
      const samples = await door.samples(as, series);
      return samples.length > 0 ? samples.length : undefined;
    });
  if (found === 0) throw shortfall('no exporter runs here', { readBack: 0 });
  return { counts: { readBack: found }, detail: wanted.map(({ component }) => component).join(', ') };
}
