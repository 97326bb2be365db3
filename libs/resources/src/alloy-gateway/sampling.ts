import type { CollectionPlan, Plan, Workload } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { component } from '../alloy-syntax/component.ts';
import { reference } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { RELOAD, serverNameOf, TLS_FILES } from '../tls.ts';

const mebibyte = 1024 * 1024;

/** On which the pods take each other's spans; applications use 4317. */
const samplingPort = 4319;

const own = { cert_file: TLS_FILES.cert, key_file: TLS_FILES.key } as const;

/** The pods know each other by the certificate that all of them have. */
function clientTls(plan: Plan) {
  if (plan.tls === undefined) return { insecure: true };
  return { ...own, ca_file: TLS_FILES.ca, reload_interval: RELOAD, server_name: serverNameOf(plan, 'alloy-gateway') };
}

type TailSampling = NonNullable<CollectionPlan['tailSampling']>;

/** Sends every span to the pod that its trace belongs to, this one included, and takes what the others send. */
export function shareTraces(plan: Plan, workload: Workload): readonly Block[] {
  const limiter = [reference('otelcol.processor.memory_limiter.sampling.input')];
  return [
    component(
      'otelcol.exporter.loadbalancing',
      'sampling',
      {
        routing_key: 'traceID',
        resolver: {
          dns: { hostname: fqdn(plan, `${workload.name}-peers`, 'monitoring'), port: String(samplingPort) },
        },
        protocol: {
          otlp: { client: { tls: clientTls(plan) }, queue: { enabled: false }, retry: { enabled: false } },
        },
        retry_on_failure: { max_elapsed_time: '1m' },
        sending_queue: {
          sizer: 'bytes',
          queue_size: Math.ceil(workload.limits.memoryBytes / 10 / mebibyte) * mebibyte,
        },
      },
      {
        comment: 'All spans of a trace meet in one pod',
        comments: {
          retry_on_failure:
            'Out here, not for each pod: what a vanished pod did not take goes to the one that has its traces now',
        },
      },
    ),
    component('otelcol.receiver.otlp', 'sampling', {
      grpc: {
        endpoint: `0.0.0.0:${String(samplingPort)}`,
        ...(plan.tls !== undefined && {
          tls: { ...own, client_ca_file: TLS_FILES.ca, reload_interval: RELOAD },
        }),
      },
      output: { traces: limiter },
    }),
    component('otelcol.processor.memory_limiter', 'sampling', {
      check_interval: '1s',
      limit_percentage: 85,
      spike_limit_percentage: 15,
      output: { traces: [reference('otelcol.processor.tail_sampling.policies.input')] },
    }),
  ];
}

/** Any policy that matches keeps the trace. */
export function sampleTails(tail: TailSampling, next: readonly ReturnType<typeof reference>[]): Block {
  return component(
    'otelcol.processor.tail_sampling',
    'policies',
    {
      decision_wait: `${String(tail.decisionWaitSeconds)}s`,
      decision_cache: { sampled_cache_size: 100_000, non_sampled_cache_size: 100_000 },
      policy: [
        ...(tail.keepErrors ? [{ name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } }] : []),
        { name: 'slow', type: 'latency', latency: { threshold_ms: tail.keepSlowerThanMs } },
        {
          name: 'baseline',
          type: 'probabilistic',
          probabilistic: { sampling_percentage: percent(tail.baselineRatio) },
        },
      ],
      output: { traces: next },
    },
    {
      comment: 'spec.traces.sampling.tail: a trace is kept if any policy wants it',
      comments: {
        decision_cache:
          'Spans that come after the decision share its fate. Twice the traces held in memory (num_traces, 50000).',
      },
    },
  );
}

/** 0.1 as 10; without the tail of digits that binary fractions have. */
export function percent(ratio: number): number {
  return Math.round(ratio * 1e8) / 1e6;
}
