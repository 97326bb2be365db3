import type { Span } from '@lgtm-fleet/diagnostics';
import type { AlloyFile, Block, Statement } from './ast.ts';
import { attributesOf, constantText } from './walk.ts';

/** An address that a component sends to, or asks. */
export interface AlloyEndpoint {
  /** `loki.write.main`; within a `declare` or `foreach` as it stands there. */
  readonly component: string;
  /** Blocks and argument with slashes between: `endpoint/url`. */
  readonly argument: string;
  /** As written: an address with a scheme, or a host with a port. None where only the running Alloy knows it. */
  readonly address?: string;
  /** Of the value. */
  readonly span: Span;
}

/** By name or by its beginning with a dot: the arguments that hold an address to send to. */
const places: readonly (readonly [component: string, ...args: readonly string[]])[] = [
  ['prometheus.remote_write', 'endpoint/url'],
  ['prometheus.write.queue', 'endpoint/url'],
  ['loki.write', 'endpoint/url'],
  ['pyroscope.write', 'endpoint/url'],
  ['otelcol.exporter.otlphttp', 'traces_endpoint', 'metrics_endpoint', 'logs_endpoint'],
  ['otelcol.exporter.splunkhec', 'splunk/endpoint'],
  ['otelcol.exporter.loadbalancing', 'resolver/dns/hostname', 'resolver/static/hostnames'],
  ['otelcol.exporter.', 'client/endpoint'],
  ['loki.rules.kubernetes', 'address'],
  ['mimir.rules.kubernetes', 'address'],
  ['mimir.alerts.kubernetes', 'address'],
  ['remote.http', 'url'],
  ['import.http', 'url'],
  ['remotecfg', 'url'],
];

/** Every address that a configuration sends to or loads from, in the order of the file. */
export function endpoints(file: AlloyFile): readonly AlloyEndpoint[] {
  return endpointsOf(file.body);
}

function endpointsOf(body: readonly Statement[]): readonly AlloyEndpoint[] {
  return body.flatMap((block) => {
    if (block.kind === 'attribute') return [];
    // They hold components.
    if (['declare', 'foreach', 'template'].includes(block.name.name)) return endpointsOf(block.body);
    return endpointsOfComponent(block);
  });
}

function endpointsOfComponent(block: Block): readonly AlloyEndpoint[] {
  const { name } = block.name;
  const wanted = new Set(
    places
      .filter(([place]) => (place.endsWith('.') ? name.startsWith(place) : name === place))
      .flatMap(([, ...args]) => args),
  );
  if (wanted.size === 0) return [];
  const component = block.label === undefined ? name : `${name}.${block.label.name}`;
  return attributesOf(block.body).flatMap(({ attribute: { name, value }, within }) => {
    const argument = [...within.map((each) => each.name.name), name.name].join('/');
    if (!wanted.has(argument)) return [];
    const values = value.kind === 'array' ? value.elements : [value];
    return values.map((each) => {
      const address = constantText(each);
      return { component, argument, span: each.span, ...(address === undefined ? {} : { address }) };
    });
  });
}
