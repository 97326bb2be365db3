import { child, textOf } from '../../../core/look.ts';
import { documentsIn } from '../../../embedded/documents.ts';
import type { Part, ReadDocument } from '../context.ts';
import { readDashboard } from './dashboards.ts';
import { readMonitor } from './monitors.ts';

const around =
  (read: ReadDocument): ReadDocument =>
  (object, file, context) => {
    for (const key of ['apiVersion', 'kind', 'metadata', 'status'])
      context.ledger.carried(child(object, key), 'nothing: it is the object around `spec`');
    return read(child(object, 'spec') ?? object, file, context);
  };

const never =
  (why: string): ReadDocument =>
  (spec, _file, { ledger }): Part => {
    ledger.impossible(spec, why);
    return {};
  };

const monitor: ReadDocument = (spec, _file, context) => {
  readMonitor(spec, context);
  return {};
};

/** Its widgets are a text of JSON. */
const dashboard: ReadDocument = (spec, file, context) => {
  readDashboard(spec, file, context);
  const widgets = child(spec, 'widgets');
  if (widgets === undefined || textOf(widgets) === undefined) return {};
  context.ledger.forgotten(widgets);
  for (const list of documentsIn(widgets, file, context.ledger))
    readDashboard(
      {
        ...spec,
        kind: 'map',
        entries: new Map([
          ['title', child(spec, 'title') ?? spec],
          ['widgets', list],
        ]),
      },
      file,
      context,
    );
  return {};
};

/** Objects of Datadog's operator that run nothing. */
export const objects: ReadonlyMap<string, ReadDocument> = new Map([
  ['DatadogMonitor', around(monitor)],
  ['DatadogDashboard', around(dashboard)],
  [
    'DatadogSLO',
    around(
      never(
        'a target is rules of Mimir: one that records the ratio of good ones to all, and alerts over how fast its budget burns',
      ),
    ),
  ],
  [
    'DatadogMetric',
    around(
      never(
        'pods are not scaled by metrics of this stack by itself: `prometheus-adapter` or KEDA can ask it, in PromQL',
      ),
    ),
  ],
  [
    'DatadogPodAutoscaler',
    around(
      never('pods are not scaled by this stack: use a HorizontalPodAutoscaler, with KEDA where it asks for metrics'),
    ),
  ],
  ['DatadogAgentProfile', around(never('collectors are alike on all nodes'))],
  [
    'DatadogInstrumentation',
    around(never('nothing is put into pods: instrument applications with OpenTelemetry, or with its operator')),
  ],
  [
    'DatadogGenericResource',
    around(never('it is kept at Datadog: notebooks, tests and monitors have to be made anew')),
  ],
]);
