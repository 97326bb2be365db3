import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import type { TargetsOf } from './kind.ts';
import { namedAfter } from './metadata.ts';

/** Metrics of Google Cloud: `stackdriver_<resource>_<metric>`, with the labels of both. */
export const gcp: TargetsOf<'gcp'> = (settings, source, label) => ({
  blocks: [
    component('prometheus.exporter.gcp', label, {
      project_ids: settings.projects,
      metrics_prefixes: settings.metricPrefixes,
      // One that sees others would give their series a second time; one alone may be there for exactly that.
      ...(settings.projects.length > 1 && { drop_delegated_projects: true }),
    }),
  ],
  targets: reference(`prometheus.exporter.gcp.${label}.targets`),
  rules: namedAfter(source),
});
