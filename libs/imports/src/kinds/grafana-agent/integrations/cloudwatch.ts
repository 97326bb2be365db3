import { secondsOf } from '@lgtm-fleet/units';
import type { YamlMap } from '../../../core/draft.ts';
import { child, itemsOf, textOf, textsOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import type { Reading } from '../../../scrape/context.ts';
import { DECIDED, DETAIL, type Made, type ReadIntegration } from './integration.ts';

const PERIODS = new Map([
  [60, '1m'],
  [300, '5m'],
  [900, '15m'],
  [3600, '1h'],
  [86_400, '1d'],
]);

/** Jobs of a region, and of a role, are a source. */
export const cloudwatch: ReadIntegration = (node, reading) => {
  const { ledger, fatal } = reading;
  judge(
    node,
    [
      [DECIDED, ['sts_region', 'debug', 'decoupled_scraping', 'fips_disabled']],
      [DETAIL, ['discovery/exported_tags']],
      [
        impossible('metrics of one resource alone are not asked for: say the namespace, and `tags` of the resource'),
        ['static'],
      ],
    ],
    ledger,
  );
  const jobs = itemsOf(child(node, 'discovery', 'jobs'));
  if (jobs.length === 0) fatal.push('it asks for nothing by `discovery`');
  const parts = jobs.flatMap((job) => partsOf(job, reading));
  const groups = Map.groupBy(parts, ({ region, role }) => `${region}\n${role ?? ''}`);
  return [...groups.values()].map((list): Made => {
    const [first] = list;
    const value = {
      region: first?.region,
      ...(first?.role !== undefined && { assumeRoleArn: first.role }),
      services: list.flatMap(({ services }) => services),
    };
    return { value: { cloudwatch: value } };
  });
};

interface Part {
  readonly region: string;
  readonly role: string | undefined;
  readonly services: readonly YamlMap[];
}

function partsOf(job: SourceNode, { ledger, to }: Reading): readonly Part[] {
  const at = `${to}.cloudwatch.services`;
  const type = child(job, 'type');
  const written = textOf(type) ?? '';
  // Short names are those of services of Amazon.
  const namespace = written.includes('/') ? written : `AWS/${written.toUpperCase()}`;
  if (namespace === written) ledger.carried(type, at);
  else ledger.changed(type, at, `its whole name, \`${namespace.slice(0, 60)}\``);
  judge(job, [[DETAIL, ['nil_to_zero', 'custom_tags', 'dimension_name_requirements']]], ledger);
  const tags = itemsOf(child(job, 'search_tags')).flatMap((tag) => {
    ledger.carried(tag, at);
    return [[textOf(child(tag, 'key')) ?? '', textOf(child(tag, 'value')) ?? ''] as const];
  });
  const metrics = itemsOf(child(job, 'metrics')).flatMap((metric) => {
    const period = child(metric, 'period');
    const fitting = PERIODS.get(secondsOf(textOf(period) ?? '5m') ?? 0);
    if (fitting === undefined) ledger.impossible(metric, 'a period is 1m, 5m, 15m, 1h or 1d');
    else for (const key of ['name', 'statistics', 'period']) ledger.carried(child(metric, key), at);
    for (const key of ['length', 'nil_to_zero'])
      ledger.impossible(child(metric, key), 'it is not said in the cluster file');
    const statistics = textsOf(child(metric, 'statistics'));
    return fitting === undefined
      ? []
      : [{ period: fitting, metric: { name: textOf(child(metric, 'name')), statistics } }];
  });
  const services = [...Map.groupBy(metrics, ({ period }) => period)].map(([period, list]): YamlMap => ({
    namespace,
    metrics: list.map(({ metric }) => metric),
    ...(period !== '5m' && { period }),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags) }),
  }));
  const roles = itemsOf(child(job, 'roles'));
  for (const role of roles) {
    ledger.carried(child(role, 'role_arn'), `${to}.cloudwatch.assumeRoleArn`);
    ledger.impossible(child(role, 'external_id'), 'a role is assumed without an id of somebody else');
  }
  const regions = child(job, 'regions');
  ledger.carried(regions, `${to}.cloudwatch.region`);
  const assumed = roles.length === 0 ? [undefined] : roles.map((role) => textOf(child(role, 'role_arn')));
  return textsOf(regions).flatMap((region) => assumed.map((role) => ({ region, role, services })));
}
