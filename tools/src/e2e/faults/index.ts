import { bucketKeyWrong } from './bucket-key-wrong.ts';
import { compactorStopped } from './compactor-stopped.ts';
import { configMapDeleted } from './config-map-deleted.ts';
import { gatewayPathBlocked } from './gateway-path-blocked.ts';
import { gatewayScaledAway } from './gateway-scaled-away.ts';
import { imageMisspelt } from './image-misspelt.ts';
import { memoryTooSmall } from './memory-too-small.ts';
import { networkPolicyAdded } from './network-policy-added.ts';
import { networkPolicyDeleted } from './network-policy-deleted.ts';
import { nodeCordoned } from './node-cordoned.ts';
import { objectStorageGone } from './object-storage-gone.ts';
import { scraperOff } from './scraper-off.ts';
import { secretKeyRemoved } from './secret-key-removed.ts';
import { serviceMisled } from './service-misled.ts';
import { storeKilled } from './store-killed.ts';
import type { Fault } from './types.ts';
import { volumeFull } from './volume-full.ts';
import { wrongTenant } from './wrong-tenant.ts';

/** What is put in, one at a time; those that one alert tells of stand apart, for it is true for minutes afterwards. */
export const faults: readonly Fault[] = [
  storeKilled,
  configMapDeleted,
  gatewayPathBlocked,
  gatewayScaledAway,
  bucketKeyWrong,
  compactorStopped,
  scraperOff,
  objectStorageGone,
  secretKeyRemoved,
  serviceMisled,
  imageMisspelt,
  wrongTenant,
  nodeCordoned,
  networkPolicyAdded,
  networkPolicyDeleted,
  memoryTooSmall,
  volumeFull,
];
