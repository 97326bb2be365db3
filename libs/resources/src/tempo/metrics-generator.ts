import type { Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { schemeOf, TLS_FILES } from '../tls.ts';
import type { TempoConfig } from './config.ts';
import type { OverridesDefaults } from './overrides-config.ts';
import type { Inputs, TempoSection } from './section.ts';

/** What the canary calls itself; it cannot be told another name. */
const OF_CANARY = {
  match_type: 'strict' as const,
  attributes: [{ key: 'resource.service.name', value: 'tempo-vulture' }],
};

/** Service graph and span metrics, written to the cluster's metrics store in each tenant's own name. */
export function metricsGenerator({ plan }: Inputs): TempoSection<'metrics_generator'> {
  const canary = plan.components.some(({ name }) => name === 'canary-traces');
  return {
    value: {
      metrics_generator: {
        registry: { external_labels: { source: 'tempo' } },
        processor: {
          span_metrics: {
            dimension_mappings: [
              { name: 'cluster', source_labels: ['k8s.cluster.name'], join: '' },
              { name: 'namespace', source_labels: ['k8s.namespace.name'], join: '' },
            ],
            ...(canary && { filter_policies: [{ exclude: OF_CANARY }] }),
          },
        },
        storage: {
          path: '/var/tempo/generator/wal',
          remote_write_add_org_id_header: true,
          remote_write: [remoteWrite(plan)],
        },
      },
    },
    comments: {
      'metrics_generator/processor/span_metrics/dimension_mappings':
        'The labels that metrics and logs have too. From the span and not fixed, for edges send spans of other clusters.',
      ...(canary && {
        'metrics_generator/processor/span_metrics/filter_policies':
          'The canary invents clusters and namespaces, other ones in each span: its series would have no end',
      }),
      'metrics_generator/storage/path': 'On the volume: what is not sent yet survives a restart',
      'metrics_generator/storage/remote_write_add_org_id_header': 'Each series is written as the tenant of its spans',
      'metrics_generator/storage/remote_write/0/send_exemplars': 'The way from a point of a graph to its trace',
    },
  };
}

/** What each tenant's spans become; the same for all, because entries of tenants inherit nothing. */
export function generatorOverrides(plan: Plan): OverridesDefaults['metrics_generator'] {
  return {
    processors: ['service-graphs', 'span-metrics'],
    // A native histogram is one series beside some fifteen classic ones, which the dashboards still read.
    generate_native_histograms: plan.mimir === undefined ? 'classic' : 'both',
    trace_id_label_name: 'trace_id',
  };
}

function remoteWrite(plan: Plan): TempoConfig['metrics_generator']['storage']['remote_write'][number] {
  const tls = plan.tls === undefined ? {} : { tls_config: { ca_file: TLS_FILES.ca } };
  if (plan.mimir !== undefined) {
    const service = plan.mimir.mode === 'distributed' ? 'mimir-distributor' : 'mimir';
    return {
      name: 'mimir',
      url: `${schemeOf(plan, 'mimir')}://${fqdn(plan, service)}:8080/api/v1/push`,
      send_exemplars: true,
      ...tls,
    };
  }
  if (plan.prometheus !== undefined) {
    return {
      name: 'prometheus',
      url: `${schemeOf(plan, 'prometheus')}://${fqdn(plan, 'prometheus')}:9090/prometheus/api/v1/write`,
      send_exemplars: true,
      ...tls,
    };
  }
  throw new Error(`cluster '${plan.cluster}': Tempo makes metrics, and there is no store for them`);
}
