import type { ComponentPlan, Plan, Workload } from '@lgtm-fleet/plan';
import { component } from '../alloy-syntax/component.ts';
import { reference } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { routes } from '../alloy/routes.ts';
import { exportTo, filterOf, inputOf } from './export.ts';
import { percent, sampleTails, shareTraces } from './sampling.ts';
import { tenantsConfig } from './tenants.ts';

/**
 * Everything that comes in over OTLP, in the order: bound the memory, drop at the head, learn the pod
 * it came from, name the cluster, decide on whole traces, part by tenant, batch, send.
 */
export function gatewayConfig(plan: Plan, own: ComponentPlan): readonly Block[] {
  const workload = own.workloads[0];
  const tail = plan.collection.tailSampling;
  const toTenants = routes(plan).map((route) => reference(inputOf(route, plan)));
  const toSampling =
    tail === undefined
      ? toTenants
      : [
          reference(
            pinned(workload)
              ? 'otelcol.exporter.loadbalancing.sampling.input'
              : 'otelcol.processor.tail_sampling.policies.input',
          ),
        ];
  return [
    receiver(),
    ...limitMemory(plan),
    ...attributes(plan, toSampling, toTenants),
    ...(tail === undefined
      ? []
      : [...(pinned(workload) ? shareTraces(plan, workload) : []), sampleTails(tail, toTenants)]),
    ...routes(plan).flatMap((route) => [...filterOf(route), ...exportTo(route, plan, workload)]),
    ...tenantsConfig(plan),
  ];
}

/** More than one pod: the spans of a trace have to meet in one of them before it is decided on. */
function pinned(workload: Workload | undefined): workload is Workload {
  return workload !== undefined && workload.replicas > 1;
}

function receiver(): Block {
  const limiter = [reference('otelcol.processor.memory_limiter.applications.input')];
  return component(
    'otelcol.receiver.otlp',
    'applications',
    {
      grpc: {
        endpoint: '0.0.0.0:4317',
        keepalive: { server_parameters: { max_connection_age: '5m', max_connection_age_grace: '30s' } },
      },
      http: { endpoint: '0.0.0.0:4318' },
      output: { metrics: limiter, logs: limiter, traces: limiter },
    },
    {
      comments: {
        'grpc/keepalive':
          'A gRPC connection stays with one pod: it is closed now and then, so that new pods get their part',
      },
    },
  );
}

function limitMemory(plan: Plan): readonly Block[] {
  const ratio = plan.collection.headSamplingRatio;
  const next = [
    reference(parted(plan) ? 'otelcol.processor.transform.sender.input' : 'otelcol.processor.k8sattributes.pods.input'),
  ];
  const sampled = ratio < 1;
  const limiter = component(
    'otelcol.processor.memory_limiter',
    'applications',
    {
      check_interval: '1s',
      limit_percentage: 80,
      spike_limit_percentage: 20,
      output: {
        metrics: next,
        logs: next,
        traces: sampled ? [reference('otelcol.processor.probabilistic_sampler.head.input')] : next,
      },
    },
    {
      comment: "Refuses, so that senders try again, before the kernel ends the pod. Percent of the container's limit.",
    },
  );
  if (!sampled) return [limiter];
  const head = component(
    'otelcol.processor.probabilistic_sampler',
    'head',
    { sampling_percentage: percent(ratio), output: { traces: next } },
    { comment: 'spec.traces.sampling: decided on the trace id, so alike for all spans of a trace and in every pod' },
  );
  return [limiter, head];
}

/** True where the namespace decides between tenants. */
function parted(plan: Plan): boolean {
  return routes(plan).length > 1;
}

type Consumers = readonly ReturnType<typeof reference>[];

function attributes(plan: Plan, traces: Consumers, others: Consumers): readonly Block[] {
  const cluster = JSON.stringify(plan.collection.clusterLabel);
  const named = [
    'set(resource.attributes["k8s.cluster.name"], ' + cluster + ')',
    'set(resource.attributes["cluster"], ' + cluster + ')',
  ];
  const labelled = [
    ...named,
    'set(resource.attributes["namespace"], resource.attributes["k8s.namespace.name"])',
    'set(resource.attributes["pod"], resource.attributes["k8s.pod.name"])',
    'set(resource.attributes["container"], resource.attributes["k8s.container.name"])',
  ];
  const pods = [reference('otelcol.processor.k8sattributes.pods.input')];
  const clusterInput = [reference('otelcol.processor.transform.cluster.input')];
  const forget = 'delete_key(resource.attributes, "k8s.namespace.name")';
  const sender = parted(plan)
    ? [
        component(
          'otelcol.processor.transform',
          'sender',
          {
            statements: { trace: [forget], metric: [forget], log: [forget] },
            output: { metrics: pods, logs: pods, traces: pods },
          },
          {
            comment:
              'The namespace decides on the tenant, so it is never what a sender says but where the connection is from',
          },
        ),
      ]
    : [];
  return [
    ...sender,
    component(
      'otelcol.processor.k8sattributes',
      'pods',
      {
        extract: {
          metadata: [
            'k8s.namespace.name',
            'k8s.pod.name',
            'k8s.pod.uid',
            'k8s.node.name',
            'k8s.deployment.name',
            'k8s.statefulset.name',
            'k8s.daemonset.name',
            'k8s.job.name',
            'k8s.cronjob.name',
            'k8s.container.name',
            'service.namespace',
            'service.name',
            'service.instance.id',
          ],
        },
        pod_association: { source: { from: 'connection' } },
        output: { metrics: clusterInput, logs: clusterInput, traces: clusterInput },
      },
      {
        comments: {
          pod_association:
            'By the address of the sender: what sends for others (a proxy, a collector) is taken for their pod',
        },
      },
    ),
    component(
      'otelcol.processor.transform',
      'cluster',
      {
        statements: { trace: named, metric: labelled, log: labelled },
        output: { metrics: others, logs: others, traces },
      },
      { comment: 'The labels that scraped metrics and log files have, so that one query finds both' },
    ),
  ];
}
