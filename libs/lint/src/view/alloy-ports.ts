import { attributesOf, constantText, type AlloyFile } from '@lgtm-fleet/alloy';

const DNS = 'resolver/dns/hostname';
/** Where `otelcol.exporter.loadbalancing` sends to unless told otherwise. */
const DEFAULT_PORT = '4317';

/** The port that stands beside the host name of a load balancer's DNS resolver; none for other arguments. */
export function loadBalancedPort(file: AlloyFile, component: string, argument: string): string | undefined {
  if (argument !== DNS) return undefined;
  const block = file.body.find(
    (statement) => statement.kind === 'block' && `${statement.name.name}.${statement.label?.name ?? ''}` === component,
  );
  if (block?.kind !== 'block') return DEFAULT_PORT;
  const port = attributesOf(block.body).find(
    ({ attribute, within }) =>
      [...within.map(({ name }) => name.name), attribute.name.name].join('/') === 'resolver/dns/port',
  );
  return (port === undefined ? undefined : constantText(port.attribute.value)) ?? DEFAULT_PORT;
}
