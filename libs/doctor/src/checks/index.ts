import type { Check } from '../types.ts';
import { check as applicationMissing } from './application-missing/check.ts';
import { check as applicationOutOfSync } from './application-out-of-sync/check.ts';
import { check as applicationPaused } from './application-paused/check.ts';
import { check as applicationUnhealthy } from './application-unhealthy/check.ts';
import { check as argocdFighting } from './argocd-fighting/check.ts';
import { check as cacheFailing } from './cache-failing/check.ts';
import { check as canaryLost } from './canary-lost/check.ts';
import { check as certificateEnding } from './certificate-ending/check.ts';
import { check as claimPending } from './claim-pending/check.ts';
import { check as claimTooSmall } from './claim-too-small/check.ts';
import { check as clockSkew } from './clock-skew/check.ts';
import { check as collectorFailing } from './collector-failing/check.ts';
import { check as compactorStopped } from './compactor-stopped/check.ts';
import { check as configMapChanged } from './config-map-changed/check.ts';
import { check as configMapMissing } from './config-map-missing/check.ts';
import { check as containerCrashing } from './container-crashing/check.ts';
import { check as containerKilled } from './container-killed/check.ts';
import { check as containerMisconfigured } from './container-misconfigured/check.ts';
import { check as containerOutOfMemory } from './container-out-of-memory/check.ts';
import { check as correlationBroken } from './correlation-broken/check.ts';
import { check as credentialRefused } from './credential-refused/check.ts';
import { check as dataSourceFailing } from './data-source-failing/check.ts';
import { check as gatewayErrors } from './gateway-errors/check.ts';
import { check as gatewayPathClosed } from './gateway-path-closed/check.ts';
import { check as gossipSplit } from './gossip-split/check.ts';
import { check as grafanaDown } from './grafana-down/check.ts';
import { check as imageNotPulled } from './image-not-pulled/check.ts';
import { check as jobFailed } from './job-failed/check.ts';
import { check as kafkaLag } from './kafka-lag/check.ts';
import { check as limitsDiffer } from './limits-differ/check.ts';
import { check as mountMissing } from './mount-missing/check.ts';
import { check as networkPolicyAdded } from './network-policy-added/check.ts';
import { check as networkPolicyChanged } from './network-policy-changed/check.ts';
import { check as networkPolicyMissing } from './network-policy-missing/check.ts';
import { check as nodeNotReady } from './node-not-ready/check.ts';
import { check as nodeUnderPressure } from './node-under-pressure/check.ts';
import { check as notificationsFailing } from './notifications-failing/check.ts';
import { check as objectStorageFailing } from './object-storage-failing/check.ts';
import { check as objectStorageRefusing } from './object-storage-refusing/check.ts';
import { check as otherVersion } from './other-version/check.ts';
import { check as podDeleted } from './pod-deleted/check.ts';
import { check as podUnschedulable } from './pod-unschedulable/check.ts';
import { check as programNotAnswering } from './program-not-answering/check.ts';
import { check as queryQueueFull } from './query-queue-full/check.ts';
import { check as retentionNotApplied } from './retention-not-applied/check.ts';
import { check as ringGhostMember } from './ring-ghost-member/check.ts';
import { check as ringMemberLeaving } from './ring-member-leaving/check.ts';
import { check as ringMemberMissing } from './ring-member-missing/check.ts';
import { check as ringMemberUnhealthy } from './ring-member-unhealthy/check.ts';
import { check as rulesFailing } from './rules-failing/check.ts';
import { check as scaledByHand } from './scaled-by-hand/check.ts';
import { check as scraperOff } from './scraper-off/check.ts';
import { check as secretIncomplete } from './secret-incomplete/check.ts';
import { check as serviceChanged } from './service-changed/check.ts';
import { check as serviceFailed } from './service-failed/check.ts';
import { check as serviceMissing } from './service-missing/check.ts';
import { check as serviceWithoutEndpoints } from './service-without-endpoints/check.ts';
import { check as storeNotReady } from './store-not-ready/check.ts';
import { check as syncFailed } from './sync-failed/check.ts';
import { check as syncStuck } from './sync-stuck/check.ts';
import { check as targetDown } from './target-down/check.ts';
import { check as unknownTenant } from './unknown-tenant/check.ts';
import { check as volumeFull } from './volume-full/check.ts';
import { check as workloadChanged } from './workload-changed/check.ts';
import { check as workloadMissing } from './workload-missing/check.ts';
import { check as workloadUnavailable } from './workload-unavailable/check.ts';
import { check as writesDiscarded } from './writes-discarded/check.ts';

/** Every check, by name. What is found is sorted by what causes what. */
export const checks: readonly Check[] = [
  applicationMissing,
  applicationOutOfSync,
  applicationPaused,
  applicationUnhealthy,
  argocdFighting,
  cacheFailing,
  canaryLost,
  certificateEnding,
  claimPending,
  claimTooSmall,
  clockSkew,
  collectorFailing,
  compactorStopped,
  configMapChanged,
  configMapMissing,
  containerCrashing,
  containerKilled,
  containerMisconfigured,
  containerOutOfMemory,
  correlationBroken,
  credentialRefused,
  dataSourceFailing,
  gatewayErrors,
  gatewayPathClosed,
  gossipSplit,
  grafanaDown,
  imageNotPulled,
  jobFailed,
  kafkaLag,
  limitsDiffer,
  mountMissing,
  networkPolicyAdded,
  networkPolicyChanged,
  networkPolicyMissing,
  nodeNotReady,
  nodeUnderPressure,
  notificationsFailing,
  objectStorageFailing,
  objectStorageRefusing,
  otherVersion,
  podDeleted,
  podUnschedulable,
  programNotAnswering,
  queryQueueFull,
  retentionNotApplied,
  ringGhostMember,
  ringMemberLeaving,
  ringMemberMissing,
  ringMemberUnhealthy,
  rulesFailing,
  scaledByHand,
  scraperOff,
  secretIncomplete,
  serviceChanged,
  serviceFailed,
  serviceMissing,
  serviceWithoutEndpoints,
  storeNotReady,
  syncFailed,
  syncStuck,
  targetDown,
  unknownTenant,
  volumeFull,
  workloadChanged,
  workloadMissing,
  workloadUnavailable,
  writesDiscarded,
];
