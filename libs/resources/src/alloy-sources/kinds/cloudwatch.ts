import type { SourcePlan } from '@lgtm-fleet/plan';
import { hasDiscovery, secondsOf } from '@lgtm-fleet/spec';
import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import type { TargetsOf } from './kind.ts';
import { namedAfter } from './metadata.ts';

type Settings = NonNullable<SourcePlan['cloudwatch']>;
type Service = Settings['services'][number];

/**
 * Metrics of AWS: `aws_rds_cpuutilization_average` with labels `name` (the ARN), `dimension_…`, `region` and
 * `account_id`, and the tags of each resource once, at `aws_rds_info`. Where resources are not known to the exporter,
 * a namespace is asked for as it is.
 */
export const cloudwatch: TargetsOf<'cloudwatch'> = (settings, source, label) => {
  const { region, services } = settings;
  return {
    blocks: [
      component('prometheus.exporter.cloudwatch', label, {
        sts_region: region,
        discovery: services
          .filter(({ namespace }) => hasDiscovery(namespace))
          .map((service) => ({
            type: service.namespace,
            ...(Object.keys(service.tags).length > 0 && { search_tags: whole(service.tags) }),
            ...job(settings, service),
          })),
        custom_namespace: Object.fromEntries(
          services
            .filter(({ namespace }) => !hasDiscovery(namespace))
            .map((service, index) => [
              `namespace_${String(index + 1)}`,
              { namespace: service.namespace, ...job(settings, service) },
            ]),
        ),
      }),
    ],
    targets: reference(`prometheus.exporter.cloudwatch.${label}.targets`),
    rules: namedAfter(source),
  };
};

function job({ region, assumeRoleArn }: Settings, { metrics, period }: Service) {
  const seconds = secondsOf(period);
  return {
    regions: [region],
    period: `${String(seconds)}s`,
    // The newest value in it is taken, and values come late: those of a day by a day.
    length: `${String(Math.max(2 * seconds, 600))}s`,
    metric: metrics.map(({ name, statistics }) => ({ name, statistics, nil_to_zero: statistics.every(counts) })),
    ...(assumeRoleArn !== undefined && { role: { role_arn: assumeRoleArn } }),
  };
}

/** What nobody has counted is zero, and what nobody has measured is unknown: a disk without a value is not full. */
function counts(statistic: string): boolean {
  return statistic === 'Sum' || statistic === 'SampleCount';
}

/** The exporter looks for an expression anywhere in a value, and `prod` is not `preprod`. */
function whole(tags: Service['tags']) {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, `^(?:${value})$`]));
}
