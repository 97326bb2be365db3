import type { Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { until } from '../wait.ts';

interface Exemplars {
  readonly data?: readonly { readonly exemplars?: readonly { readonly labels?: Readonly<Record<string, string>> }[] }[];
}

/** From a request's metric by its exemplar to a trace id, and from there to the lines of both services. */
export async function sampleCorrelates(door: FrontDoor, as: Credential): Promise<Seen> {
  const patience = { seconds: 180, everyMs: 3000 };
  await until('request metrics of shop and stock', patience, async () => {
    const series = await door.samples(as, 'http_server_request_duration_seconds_count');
    const services = new Set(series.map(({ labels }) => labels['service_name'] ?? labels['job']));
    return services.has('shop') && services.has('stock') ? true : undefined;
  });
  return await until('lines of both services with the trace id of an exemplar', patience, async () => {
    const now = Date.now() / 1000;
    const parameters = new URLSearchParams({
      query: 'http_server_request_duration_seconds_bucket',
      start: String(now - 1800),
      end: String(now),
    });
    const answer = await door.get(as, `/prometheus/api/v1/query_exemplars?${parameters.toString()}`);
    const ids = ((JSON.parse(answer.text) as Exemplars).data ?? [])
      .flatMap(({ exemplars = [] }) => exemplars)
      .flatMap(({ labels = {} }) => labels['trace_id'] ?? labels['traceID'] ?? [])
      .toReversed();
    for (const id of ids.slice(0, 5)) {
      const [shop, stock] = await Promise.all(
        ['shop', 'stock'].map((service) => door.lines(as, `{service_name="${service}"} | trace_id="${id}"`)),
      );
      if ((shop?.length ?? 0) > 0 && (stock?.length ?? 0) > 0)
        return {
          counts: { readBack: (shop?.length ?? 0) + (stock?.length ?? 0) },
          detail: `exemplar with trace id ${id}, and the lines of shop and stock that have it`,
        };
    }
    return undefined;
  });
}
