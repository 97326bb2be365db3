import type { Page } from '../types.ts';
import { alerting } from './fleet/alerting/page.ts';
import { capacity } from './fleet/capacity/page.ts';
import { collectors } from './fleet/collectors/page.ts';
import { cost } from './fleet/cost/page.ts';
import { gateway } from './fleet/gateway/page.ts';
import { grafana } from './fleet/grafana/page.ts';
import { kafka } from './fleet/kafka/page.ts';
import { loki } from './fleet/loki/page.ts';
import { mimir } from './fleet/mimir/page.ts';
import { objectStorage } from './fleet/object-storage/page.ts';
import { overview } from './fleet/overview/page.ts';
import { prometheus } from './fleet/prometheus/page.ts';
import { tempo } from './fleet/tempo/page.ts';
import { tenants } from './fleet/tenants/page.ts';
import { cluster } from './kubernetes/cluster/page.ts';
import { namespace } from './kubernetes/namespace/page.ts';
import { node } from './kubernetes/node/page.ts';
import { workload } from './kubernetes/workload/page.ts';
import { logs } from './services/logs/page.ts';
import { serviceGraph } from './services/service-graph/page.ts';
import { service } from './services/service/page.ts';
import { traces } from './services/traces/page.ts';

/** Every page, in the order in which they are read. */
export const pages: readonly Page[] = [
  ...[overview, loki, mimir, prometheus, tempo, kafka, objectStorage, gateway, collectors, grafana, alerting],
  ...[tenants, capacity, cost],
  ...[cluster, node, namespace, workload],
  ...[service, serviceGraph, logs, traces],
];
