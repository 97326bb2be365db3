import type { DangerClass } from '../types.ts';
import { applicationRemoved } from './application-removed/class.ts';
import { applicationRenamed } from './application-renamed/class.ts';
import { clusterLabelChanged } from './cluster-label-changed/class.ts';
import { clusterRemoved } from './cluster-removed/class.ts';
import { crdRemoved } from './crd-removed/class.ts';
import { disruptionBudgetRemoved } from './disruption-budget-removed/class.ts';
import { environmentsChangedTogether } from './environments-changed-together/class.ts';
import { imageDowngraded } from './image-downgraded/class.ts';
import { immutableFieldChanged } from './immutable-field-changed/class.ts';
import { kafkaPartitionsLowered } from './kafka-partitions-lowered/class.ts';
import { kafkaRetentionLowered } from './kafka-retention-lowered/class.ts';
import { kafkaTopicRemoved } from './kafka-topic-removed/class.ts';
import { majorUpgrade } from './major-upgrade/class.ts';
import { massDeletion } from './mass-deletion/class.ts';
import { namespaceRemoved } from './namespace-removed/class.ts';
import { networkPolicyOpened } from './network-policy-opened/class.ts';
import { networkPolicyRemoved } from './network-policy-removed/class.ts';
import { persistenceRemoved } from './persistence-removed/class.ts';
import { plaintextSecretAdded } from './plaintext-secret-added/class.ts';
import { podSecurityLowered } from './pod-security-lowered/class.ts';
import { projectWidened } from './project-widened/class.ts';
import { protectionRemoved } from './protection-removed/class.ts';
import { pruningTurnedOn } from './pruning-turned-on/class.ts';
import { replaceOnStateful } from './replace-on-stateful/class.ts';
import { replicationFactorLowered } from './replication-factor-lowered/class.ts';
import { retentionEnabledByDefault } from './retention-enabled-by-default/class.ts';
import { retentionShortened } from './retention-shortened/class.ts';
import { schemaPeriodEdited } from './schema-period-edited/class.ts';
import { schemaPeriodTooSoon } from './schema-period-too-soon/class.ts';
import { serviceExposed } from './service-exposed/class.ts';
import { statefulIdentityChanged } from './stateful-identity-changed/class.ts';
import { statefulScaledDown } from './stateful-scaled-down/class.ts';
import { statefulSetRemoved } from './stateful-set-removed/class.ts';
import { storageLocationChanged } from './storage-location-changed/class.ts';
import { storeReplaced } from './store-replaced/class.ts';
import { tenancySwitched } from './tenancy-switched/class.ts';
import { tenantLimitLowered } from './tenant-limit-lowered/class.ts';
import { tenantLimitRaised } from './tenant-limit-raised/class.ts';
import { tenantRemoved } from './tenant-removed/class.ts';
import { tooManyClustersChanged } from './too-many-clusters-changed/class.ts';
import { upgradeStepSkipped } from './upgrade-step-skipped/class.ts';
import { volumeShrunk } from './volume-shrunk/class.ts';
import { zoneAwarenessToggled } from './zone-awareness-toggled/class.ts';
import { zoneRemoved } from './zone-removed/class.ts';

/** One folder a class; a test holds this list against the folders. */
export const classes: readonly DangerClass[] = [
  applicationRemoved,
  applicationRenamed,
  clusterLabelChanged,
  clusterRemoved,
  crdRemoved,
  disruptionBudgetRemoved,
  environmentsChangedTogether,
  imageDowngraded,
  immutableFieldChanged,
  kafkaPartitionsLowered,
  kafkaRetentionLowered,
  kafkaTopicRemoved,
  majorUpgrade,
  massDeletion,
  namespaceRemoved,
  networkPolicyOpened,
  networkPolicyRemoved,
  persistenceRemoved,
  plaintextSecretAdded,
  podSecurityLowered,
  projectWidened,
  protectionRemoved,
  pruningTurnedOn,
  replaceOnStateful,
  replicationFactorLowered,
  retentionEnabledByDefault,
  retentionShortened,
  schemaPeriodEdited,
  schemaPeriodTooSoon,
  serviceExposed,
  statefulIdentityChanged,
  statefulScaledDown,
  statefulSetRemoved,
  storageLocationChanged,
  storeReplaced,
  tenancySwitched,
  tenantLimitLowered,
  tenantLimitRaised,
  tenantRemoved,
  tooManyClustersChanged,
  upgradeStepSkipped,
  volumeShrunk,
  zoneAwarenessToggled,
  zoneRemoved,
];
