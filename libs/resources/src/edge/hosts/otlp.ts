import type { HostGroupPlan, Plan } from '@lgtm-fleet/plan';
import { otlpClientSignIn } from '../../alloy/sign-in.ts';
import { component } from '../../alloy-syntax/component.ts';
import { reference, sum } from '../../alloy-syntax/expression.ts';
import type { Block } from '../../alloy-syntax/print.ts';
import { HOSTNAME, shownBy } from './places.ts';

const mebibyte = 1024 * 1024;
/** Bytes of each signal that wait in memory while they cannot be sent. */
export const OTLP_QUEUE_BYTES = 32 * mebibyte;
/** The whole of Alloy, beyond which applications are refused. */
const MEMORY = { limit: '512MiB', spike_limit: '128MiB' } as const;

/** OTLP from applications of the machine: nobody else reaches loopback. */
export function hostOtlp(plan: Plan, group: HostGroupPlan): readonly Block[] {
  const to = (name: string) => [reference(`${name}.input`)];
  const all = (name: string) => ({ metrics: to(name), logs: to(name), traces: to(name) });
  const { blocks, client } = otlpClientSignIn('home', shownBy(group));
  return [
    component(
      'otelcol.receiver.otlp',
      'applications',
      {
        grpc: { endpoint: '127.0.0.1:4317' },
        http: { endpoint: '127.0.0.1:4318' },
        output: all('otelcol.processor.memory_limiter.applications'),
      },
      { comment: 'OTLP from applications of this machine' },
    ),
    component(
      'otelcol.processor.memory_limiter',
      'applications',
      { check_interval: '1s', ...MEMORY, output: all('otelcol.processor.transform.machine') },
      { comment: 'Refuses, so that applications try again, before the machine has too little memory' },
    ),
    machine(plan, group, all('otelcol.processor.batch.home')),
    component('otelcol.processor.batch', 'home', {
      timeout: '5s',
      send_batch_size: 2000,
      send_batch_max_size: 4000,
      output: all('otelcol.exporter.otlphttp.home'),
    }),
    ...blocks,
    component(
      'otelcol.exporter.otlphttp',
      'home',
      {
        client: { endpoint: `${group.gatewayUrl}/otlp`, ...client },
        sending_queue: { sizer: 'bytes', queue_size: OTLP_QUEUE_BYTES },
        retry_on_failure: { max_elapsed_time: '0s' },
      },
      {
        comments: {
          sending_queue:
            'In memory, for each signal: a queue on disk (otelcol.storage.file) is a public preview. What is beyond\nit is refused, and applications try again.',
          retry_on_failure: 'For ever; after the default of five minutes a batch would be dropped',
        },
      },
    ),
  ];
}

/** The labels of everything else that comes from the machine, as attributes of the resource. */
function machine(plan: Plan, { labels }: HostGroupPlan, output: Parameters<typeof attributes>[1]): Block {
  const set = (key: string, value: string): string =>
    `set(resource.attributes[${JSON.stringify(key)}], ${JSON.stringify(value)})`;
  const hostname = (key: string, unless = '') =>
    sum(`set(resource.attributes[${JSON.stringify(key)}], "`, HOSTNAME, `")${unless}`);
  const { clusterLabel } = plan.collection;
  return attributes(
    [
      set('k8s.cluster.name', clusterLabel),
      set('cluster', clusterLabel),
      hostname('host.name'),
      // Without it two machines would write the same series.
      hostname('service.instance.id', ' where resource.attributes["service.instance.id"] == nil'),
      ...Object.entries(labels).map(([key, value]) => set(key, value)),
    ],
    output,
  );
}

type Transform = Parameters<typeof component<'otelcol.processor.transform'>>[2];

function attributes(statements: readonly (string | ReturnType<typeof sum>)[], output: Transform['output']): Block {
  return component(
    'otelcol.processor.transform',
    'machine',
    { statements: { trace: statements, metric: statements, log: statements }, output },
    {
      comment:
        'The labels that metrics and logs of the machine have, so that one query finds all; instance of a metric is\nservice.instance.id',
    },
  );
}
