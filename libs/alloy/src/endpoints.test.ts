import { expect, test } from 'vitest';
import { endpoints } from './endpoints.ts';
import { parseAlloy } from './parse.ts';
import { committedFiles } from './testing/files.ts';

/** Component, argument and address of each, with the text that its span covers. */
function found(source: string): readonly unknown[] {
  return endpoints(parseAlloy(source).file).map(({ component, argument, address, span }) => [
    component,
    argument,
    address,
    source.slice(span.start, span.end),
  ]);
}

test('addresses are found where components send', () => {
  const source = `
    loki.write "a" {
      endpoint { url = "http://" + "loki" }
      endpoint { url = sys.env("LOKI") + "/push" }
    }
    otelcol.receiver.otlp "a" { grpc { endpoint = "0.0.0.0:4317" } }
    otelcol.exporter.otlp "a" { client { endpoint = "tempo:4317" } }
    otelcol.exporter.loadbalancing "a" { resolver { static { hostnames = ["a:1", "b:2"] } } }
    declare "m" { prometheus.remote_write "b" { endpoint { url = argument.url.value } } }
    foreach "f" { template { mimir.rules.kubernetes "c" { address = "http://mimir" } } }
  `;
  expect(found(source)).toEqual([
    ['loki.write.a', 'endpoint/url', 'http://loki', '"http://" + "loki"'],
    ['loki.write.a', 'endpoint/url', undefined, 'sys.env("LOKI") + "/push"'],
    ['otelcol.exporter.otlp.a', 'client/endpoint', 'tempo:4317', '"tempo:4317"'],
    ['otelcol.exporter.loadbalancing.a', 'resolver/static/hostnames', 'a:1', '"a:1"'],
    ['otelcol.exporter.loadbalancing.a', 'resolver/static/hostnames', 'b:2', '"b:2"'],
    ['prometheus.remote_write.b', 'endpoint/url', undefined, 'argument.url.value'],
    ['mimir.rules.kubernetes.c', 'address', 'http://mimir', '"http://mimir"'],
  ]);
});

test.each(committedFiles)('$name sends to addresses that the file says', ({ text }) => {
  const all = endpoints(parseAlloy(text).file);
  expect(all.length).toBeGreaterThan(0);
  for (const { address } of all) expect(address).toMatch(/^(https?:\/\/)?[a-z0-9.-]+(:\d+)?(\/[a-z0-9/]*)?$/);
});
