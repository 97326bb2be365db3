import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { expect, test } from 'vitest';
import { ready, start } from '../../../libs/resources/src/testing/programs.ts';
import { startChild, startServer } from './testing/child.ts';

const program = findProgram('prometheus');
const folder = temporaryFolder('sample-prometheus');

test.skipIf(program === undefined)(
  `Prometheus finds the trace of a request by the exemplar of its bucket${unlessFound('prometheus', program)}`,
  { timeout: 60_000 },
  async () => {
    const at = `127.0.0.1:${await freePort()}`;
    const flags = ['--config.file=/dev/null', `--storage.tsdb.path=${join(folder, 'data')}`];
    const features = ['--web.enable-otlp-receiver', '--enable-feature=exemplar-storage'];
    const started = start(program!, [...flags, ...features, `--web.listen-address=${at}`], folder);
    await ready(started, `http://${at}/-/ready`, 20);

    // Spans and log records have nowhere to go, and the program does not mind.
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `http://${at}/api/v1/otlp/v1/metrics`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
    };
    const stock = await startServer(['stock'], env);
    const shop = await startServer(['shop', '--stock', stock.url], env);
    const load = startChild(['load', '--shop', shop.url, '--count', '4', '--rate', '20', '--slow-every', '2'], env);
    await load.ended;
    await Promise.all([shop.stop(), stock.stop()]);
    const { traceIds } = load.lines.at(-1) as unknown as { readonly traceIds: readonly string[] };

    const now = Math.ceil(Date.now() / 1000);
    const ask = async (path: string, query: string, range = '') => {
      const url = `http://${at}/api/v1/${path}?query=${encodeURIComponent(query)}${range}`;
      return (await fetch(url)).json() as Promise<{ readonly data: unknown }>;
    };
    const count = await ask('query', 'http_server_request_duration_seconds_count{job="shop"}');
    expect(count.data).toMatchObject({
      result: [
        { metric: { http_route: '/checkout', http_response_status_code: '200' }, value: [expect.anything(), '4'] },
      ],
    });
    const metric = 'http_server_request_duration_seconds_bucket{job="shop"}';
    const { data } = await ask('query_exemplars', metric, `&start=${now - 60}&end=${now + 60}`);
    const found = (data as { readonly exemplars: { readonly labels: Readonly<Record<string, string>> }[] }[])
      .flatMap(({ exemplars }) => exemplars)
      .map(({ labels }) => labels['trace_id']);
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(traceIds).toEqual(expect.arrayContaining(found));
  },
);
