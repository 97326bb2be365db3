import type { RuleFamily } from '../types.ts';
import { argocd } from './argocd/family.ts';
import { budgets } from './budgets/family.ts';
import { caches } from './caches/family.ts';
import { canaries } from './canaries/family.ts';
import { certificates } from './certificates/family.ts';
import { collectors } from './collectors/family.ts';
import { gateway } from './gateway/family.ts';
import { gatewayLogs } from './gateway-logs/family.ts';
import { grafana } from './grafana/family.ts';
import { kafka } from './kafka/family.ts';
import { kubernetes } from './kubernetes/family.ts';
import { loki } from './loki/family.ts';
import { lokiCompaction } from './loki-compaction/family.ts';
import { meta } from './meta/family.ts';
import { mimir } from './mimir/family.ts';
import { mimirCompaction } from './mimir-compaction/family.ts';
import { nodes } from './nodes/family.ts';
import { objectStorage } from './object-storage/family.ts';
import { rings } from './rings/family.ts';
import { rulers } from './rulers/family.ts';
import { services } from './services/family.ts';
import { sources } from './sources/family.ts';
import { storeLogs } from './store-logs/family.ts';
import { tempo } from './tempo/family.ts';
import { volumes } from './volumes/family.ts';
import { watchedObjects } from './watched-objects/family.ts';

/** Every family, in the order of its files. */
export const families: readonly RuleFamily[] = [
  argocd,
  budgets,
  caches,
  canaries,
  certificates,
  collectors,
  gateway,
  gatewayLogs,
  grafana,
  kafka,
  kubernetes,
  loki,
  lokiCompaction,
  meta,
  mimir,
  mimirCompaction,
  nodes,
  objectStorage,
  rings,
  rulers,
  services,
  sources,
  storeLogs,
  tempo,
  volumes,
  watchedObjects,
];
