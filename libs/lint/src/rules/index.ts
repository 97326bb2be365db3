// Generated from the folders here. Do not edit: run `nx run tools:generate-rules`.

import type { Rule } from '../types.ts';
import { rule as alertWithoutRunbook } from './alert-without-runbook/rule.ts';
import { rule as alertWithoutSeverity } from './alert-without-severity/rule.ts';
import { rule as allowAllPolicy } from './allow-all-policy/rule.ts';
import { rule as allowsEmpty } from './allows-empty/rule.ts';
import { rule as alloyDanglingReference } from './alloy-dangling-reference/rule.ts';
import { rule as alloyDuplicateArgument } from './alloy-duplicate-argument/rule.ts';
import { rule as alloyDuplicateComponent } from './alloy-duplicate-component/rule.ts';
import { rule as alloyForwardToNowhere } from './alloy-forward-to-nowhere/rule.ts';
import { rule as alloyMissingArgument } from './alloy-missing-argument/rule.ts';
import { rule as alloyMissingLabel } from './alloy-missing-label/rule.ts';
import { rule as alloyPositionsLost } from './alloy-positions-lost/rule.ts';
import { rule as alloyReferenceCycle } from './alloy-reference-cycle/rule.ts';
import { rule as alloySyntaxError } from './alloy-syntax-error/rule.ts';
import { rule as alloyUnfedReceiver } from './alloy-unfed-receiver/rule.ts';
import { rule as alloyUnformatted } from './alloy-unformatted/rule.ts';
import { rule as alloyUnknownArgument } from './alloy-unknown-argument/rule.ts';
import { rule as alloyUnknownComponent } from './alloy-unknown-component/rule.ts';
import { rule as alloyUnknownEndpoint } from './alloy-unknown-endpoint/rule.ts';
import { rule as alloyUnknownExport } from './alloy-unknown-export/rule.ts';
import { rule as alloyWrongKind } from './alloy-wrong-kind/rule.ts';
import { rule as ambiguousSrvPort } from './ambiguous-srv-port/rule.ts';
import { rule as anonymousAccess } from './anonymous-access/rule.ts';
import { rule as applicationWithoutFolder } from './application-without-folder/rule.ts';
import { rule as autoCreatedTopic } from './auto-created-topic/rule.ts';
import { rule as autoscaledPositionalSource } from './autoscaled-positional-source/rule.ts';
import { rule as autoscaledRingMember } from './autoscaled-ring-member/rule.ts';
import { rule as autoscalerAndReplicas } from './autoscaler-and-replicas/rule.ts';
import { rule as autoscalerWithoutTarget } from './autoscaler-without-target/rule.ts';
import { rule as believedTenantHeader } from './believed-tenant-header/rule.ts';
import { rule as blockedDns } from './blocked-dns/rule.ts';
import { rule as blockedEgress } from './blocked-egress/rule.ts';
import { rule as blockedIngress } from './blocked-ingress/rule.ts';
import { rule as bucketDiffersFromPlan } from './bucket-differs-from-plan/rule.ts';
import { rule as bucketOfTwoClusters } from './bucket-of-two-clusters/rule.ts';
import { rule as budgetBlocksDrain } from './budget-blocks-drain/rule.ts';
import { rule as budgetBreaksQuorum } from './budget-breaks-quorum/rule.ts';
import { rule as budgetSelectsNothing } from './budget-selects-nothing/rule.ts';
import { rule as cacheItemTooSmall } from './cache-item-too-small/rule.ts';
import { rule as cacheOverMemory } from './cache-over-memory/rule.ts';
import { rule as cacheWithoutAddress } from './cache-without-address/rule.ts';
import { rule as canaryWithoutTenant } from './canary-without-tenant/rule.ts';
import { rule as cascadingFinalizer } from './cascading-finalizer/rule.ts';
import { rule as changedDataSourceUid } from './changed-data-source-uid/rule.ts';
import { rule as changingClaimLabel } from './changing-claim-label/rule.ts';
import { rule as claimsDeletedWithSet } from './claims-deleted-with-set/rule.ts';
import { rule as compactedKafkaTopic } from './compacted-kafka-topic/rule.ts';
import { rule as configWithoutHash } from './config-without-hash/rule.ts';
import { rule as credentialShapedValue } from './credential-shaped-value/rule.ts';
import { rule as credentialsInConfig } from './credentials-in-config/rule.ts';
import { rule as crossNamespaceRouteWithoutGrant } from './cross-namespace-route-without-grant/rule.ts';
import { rule as dataOnEmptyDir } from './data-on-empty-dir/rule.ts';
import { rule as dataSourceOfUnknownTenant } from './data-source-of-unknown-tenant/rule.ts';
import { rule as defaultProject } from './default-project/rule.ts';
import { rule as defaultServiceAccount } from './default-service-account/rule.ts';
import { rule as deprecatedConfigKey } from './deprecated-config-key/rule.ts';
import { rule as deprecatedKubernetesApi } from './deprecated-kubernetes-api/rule.ts';
import { rule as deprecatedKubernetesField } from './deprecated-kubernetes-field/rule.ts';
import { rule as deprecatedKustomizeField } from './deprecated-kustomize-field/rule.ts';
import { rule as deprecatedTarget } from './deprecated-target/rule.ts';
import { rule as destinationNotInProject } from './destination-not-in-project/rule.ts';
import { rule as disabledFederation } from './disabled-federation/rule.ts';
import { rule as downgradedVersion } from './downgraded-version/rule.ts';
import { rule as droppedLogBatches } from './dropped-log-batches/rule.ts';
import { rule as duplicateDataSourceUid } from './duplicate-data-source-uid/rule.ts';
import { rule as duplicateRecordingRule } from './duplicate-recording-rule/rule.ts';
import { rule as escalatingRole } from './escalating-role/rule.ts';
import { rule as evenReplicationFactor } from './even-replication-factor/rule.ts';
import { rule as exemplarsOff } from './exemplars-off/rule.ts';
import { rule as exposedAdminPath } from './exposed-admin-path/rule.ts';
import { rule as filesWithReplicas } from './files-with-replicas/rule.ts';
import { rule as folderWithoutApplication } from './folder-without-application/rule.ts';
import { rule as foreignDataSource } from './foreign-data-source/rule.ts';
import { rule as gossipServiceWithAddress } from './gossip-service-with-address/rule.ts';
import { rule as hostNamespace } from './host-namespace/rule.ts';
import { rule as hostPathVolume } from './host-path-volume/rule.ts';
import { rule as hostPort } from './host-port/rule.ts';
import { rule as hubWithoutIngestRoute } from './hub-without-ingest-route/rule.ts';
import { rule as imageDiffersFromRelease } from './image-differs-from-release/rule.ts';
import { rule as inMemoryRingWithReplicas } from './in-memory-ring-with-replicas/rule.ts';
import { rule as infeasibleSpread } from './infeasible-spread/rule.ts';
import { rule as ingestStorageHalfOn } from './ingest-storage-half-on/rule.ts';
import { rule as insecureCookie } from './insecure-cookie/rule.ts';
import { rule as invalidQuerySelector } from './invalid-query-selector/rule.ts';
import { rule as invalidTenantId } from './invalid-tenant-id/rule.ts';
import { rule as joinsNobody } from './joins-nobody/rule.ts';
import { rule as keptCapabilities } from './kept-capabilities/rule.ts';
import { rule as kindNotInProject } from './kind-not-in-project/rule.ts';
import { rule as limitBelowRequest } from './limit-below-request/rule.ts';
import { rule as limitsBelowLoad } from './limits-below-load/rule.ts';
import { rule as listenPortMismatch } from './listen-port-mismatch/rule.ts';
import { rule as listenerWithoutCertificate } from './listener-without-certificate/rule.ts';
import { rule as localRuleEvaluation } from './local-rule-evaluation/rule.ts';
import { rule as loggedCredentials } from './logged-credentials/rule.ts';
import { rule as lowUserId } from './low-user-id/rule.ts';
import { rule as memberlistPortMismatch } from './memberlist-port-mismatch/rule.ts';
import { rule as misleadingQuery } from './misleading-query/rule.ts';
import { rule as mismatchedZone } from './mismatched-zone/rule.ts';
import { rule as missingCommittedSecret } from './missing-committed-secret/rule.ts';
import { rule as missingDefaultDeny } from './missing-default-deny/rule.ts';
import { rule as missingDeleteStore } from './missing-delete-store/rule.ts';
import { rule as missingDisruptionBudget } from './missing-disruption-budget/rule.ts';
import { rule as missingEdge } from './missing-edge/rule.ts';
import { rule as missingGatewayRoute } from './missing-gateway-route/rule.ts';
import { rule as missingGeneratePath } from './missing-generate-path/rule.ts';
import { rule as missingKafkaTopic } from './missing-kafka-topic/rule.ts';
import { rule as missingMemoryLimit } from './missing-memory-limit/rule.ts';
import { rule as missingPartitionsPerInstance } from './missing-partitions-per-instance/rule.ts';
import { rule as missingReadinessProbe } from './missing-readiness-probe/rule.ts';
import { rule as missingRequests } from './missing-requests/rule.ts';
import { rule as missingSeccompProfile } from './missing-seccomp-profile/rule.ts';
import { rule as missingServiceAccount } from './missing-service-account/rule.ts';
import { rule as missingSharedObjectGuard } from './missing-shared-object-guard/rule.ts';
import { rule as missingTenantOverride } from './missing-tenant-override/rule.ts';
import { rule as missingZone } from './missing-zone/rule.ts';
import { rule as mixedVersions } from './mixed-versions/rule.ts';
import { rule as movingRevision } from './moving-revision/rule.ts';
import { rule as nameMissingInCertificate } from './name-missing-in-certificate/rule.ts';
import { rule as namespaceWithoutPodSecurity } from './namespace-without-pod-security/rule.ts';
import { rule as oneSidedGrpcTls } from './one-sided-grpc-tls/rule.ts';
import { rule as oneSidedPolicy } from './one-sided-policy/rule.ts';
import { rule as openSignUp } from './open-sign-up/rule.ts';
import { rule as orderedStartOfRing } from './ordered-start-of-ring/rule.ts';
import { rule as overlappingBudgets } from './overlapping-budgets/rule.ts';
import { rule as partialZoneAwareness } from './partial-zone-awareness/rule.ts';
import { rule as plainHttpObjectStorage } from './plain-http-object-storage/rule.ts';
import { rule as plainHttpRoute } from './plain-http-route/rule.ts';
import { rule as plainSecret } from './plain-secret/rule.ts';
import { rule as policyPeerSelectsNothing } from './policy-peer-selects-nothing/rule.ts';
import { rule as policyPortUnserved } from './policy-port-unserved/rule.ts';
import { rule as policySelectsNothing } from './policy-selects-nothing/rule.ts';
import { rule as privilegeEscalation } from './privilege-escalation/rule.ts';
import { rule as privilegedContainer } from './privileged-container/rule.ts';
import { rule as probeOfUnknownPort } from './probe-of-unknown-port/rule.ts';
import { rule as probeWithWrongScheme } from './probe-with-wrong-scheme/rule.ts';
import { rule as pruneBeforeReplacement } from './prune-before-replacement/rule.ts';
import { rule as prunedDataSources } from './pruned-data-sources/rule.ts';
import { rule as queryLookbackHidesData } from './query-lookback-hides-data/rule.ts';
import { rule as querySyntaxError } from './query-syntax-error/rule.ts';
import { rule as queryTypeError } from './query-type-error/rule.ts';
import { rule as queryWindowGap } from './query-window-gap/rule.ts';
import { rule as queryWithFilters } from './query-with-filters/rule.ts';
import { rule as readerWithoutTenant } from './reader-without-tenant/rule.ts';
import { rule as receiverWithoutSecret } from './receiver-without-secret/rule.ts';
import { rule as relativeAddress } from './relative-address/rule.ts';
import { rule as remoteBase } from './remote-base/rule.ts';
import { rule as removedConfigKey } from './removed-config-key/rule.ts';
import { rule as removedFlag } from './removed-flag/rule.ts';
import { rule as removedKubernetesApi } from './removed-kubernetes-api/rule.ts';
import { rule as replaceOnStateful } from './replace-on-stateful/rule.ts';
import { rule as replicatedSingleton } from './replicated-singleton/rule.ts';
import { rule as replicatedSqlite } from './replicated-sqlite/rule.ts';
import { rule as retentionAtWrongLevel } from './retention-at-wrong-level/rule.ts';
import { rule as retentionDiffersFromSpec } from './retention-differs-from-spec/rule.ts';
import { rule as retentionNotEnforced } from './retention-not-enforced/rule.ts';
import { rule as ringMemberOutsideGossip } from './ring-member-outside-gossip/rule.ts';
import { rule as rollingUpdateWithClaim } from './rolling-update-with-claim/rule.ts';
import { rule as rootUrlMismatch } from './root-url-mismatch/rule.ts';
import { rule as routeToUnknownService } from './route-to-unknown-service/rule.ts';
import { rule as runsAsRoot } from './runs-as-root/rule.ts';
import { rule as schedulerWaitsForClients } from './scheduler-waits-for-clients/rule.ts';
import { rule as schemaChanged } from './schema-changed/rule.ts';
import { rule as schemaNotTsdb } from './schema-not-tsdb/rule.ts';
import { rule as schemaPeriodNotDaily } from './schema-period-not-daily/rule.ts';
import { rule as schemaStartsLate } from './schema-starts-late/rule.ts';
import { rule as schemaUnsorted } from './schema-unsorted/rule.ts';
import { rule as selectorMissesTemplate } from './selector-misses-template/rule.ts';
import { rule as serviceMapWithoutGenerator } from './service-map-without-generator/rule.ts';
import { rule as serviceMixesWorkloads } from './service-mixes-workloads/rule.ts';
import { rule as serviceWithoutPods } from './service-without-pods/rule.ts';
import { rule as sharedClusterLabel } from './shared-cluster-label/rule.ts';
import { rule as sharedExternalLabel } from './shared-external-label/rule.ts';
import { rule as sharedHostname } from './shared-hostname/rule.ts';
import { rule as sharedKafkaTopic } from './shared-kafka-topic/rule.ts';
import { rule as sharedObject } from './shared-object/rule.ts';
import { rule as sharedTopologyZone } from './shared-topology-zone/rule.ts';
import { rule as shortKafkaRetention } from './short-kafka-retention/rule.ts';
import { rule as shortRateWindow } from './short-rate-window/rule.ts';
import { rule as shortTerminationGrace } from './short-termination-grace/rule.ts';
import { rule as skippedVersion } from './skipped-version/rule.ts';
import { rule as smallKafkaMessages } from './small-kafka-messages/rule.ts';
import { rule as sourceNotInProject } from './source-not-in-project/rule.ts';
import { rule as storeSharesBucket } from './store-shares-bucket/rule.ts';
import { rule as tailWithoutWebsocket } from './tail-without-websocket/rule.ts';
import { rule as tenancyOff } from './tenancy-off/rule.ts';
import { rule as tenantRetentionIgnored } from './tenant-retention-ignored/rule.ts';
import { rule as tenantWithoutAlertRoutes } from './tenant-without-alert-routes/rule.ts';
import { rule as tooFewCacheConnections } from './too-few-cache-connections/rule.ts';
import { rule as tooFewPartitions } from './too-few-partitions/rule.ts';
import { rule as tooFewReplicasForReplication } from './too-few-replicas-for-replication/rule.ts';
import { rule as tooFewZonesForReplication } from './too-few-zones-for-replication/rule.ts';
import { rule as unauthenticatedLocation } from './unauthenticated-location/rule.ts';
import { rule as unboundRole } from './unbound-role/rule.ts';
import { rule as unbuiltPartitions } from './unbuilt-partitions/rule.ts';
import { rule as uncollectedMetric } from './uncollected-metric/rule.ts';
import { rule as uncoveredHostname } from './uncovered-hostname/rule.ts';
import { rule as underReplicatedKafkaTopic } from './under-replicated-kafka-topic/rule.ts';
import { rule as unencryptedSecretFile } from './unencrypted-secret-file/rule.ts';
import { rule as unequalTempoRetention } from './unequal-tempo-retention/rule.ts';
import { rule as unequalZones } from './unequal-zones/rule.ts';
import { rule as unescapedVariable } from './unescaped-variable/rule.ts';
import { rule as unflushedShutdown } from './unflushed-shutdown/rule.ts';
import { rule as unkeptAdoptedData } from './unkept-adopted-data/rule.ts';
import { rule as unknownConfigKey } from './unknown-config-key/rule.ts';
import { rule as unknownConfigMap } from './unknown-config-map/rule.ts';
import { rule as unknownDataSourceUid } from './unknown-data-source-uid/rule.ts';
import { rule as unknownFlag } from './unknown-flag/rule.ts';
import { rule as unknownObjectStore } from './unknown-object-store/rule.ts';
import { rule as unknownQueryFunction } from './unknown-query-function/rule.ts';
import { rule as unknownRole } from './unknown-role/rule.ts';
import { rule as unknownSecret } from './unknown-secret/rule.ts';
import { rule as unknownService } from './unknown-service/rule.ts';
import { rule as unknownServicePort } from './unknown-service-port/rule.ts';
import { rule as unknownTarget } from './unknown-target/rule.ts';
import { rule as unknownTenantOverride } from './unknown-tenant-override/rule.ts';
import { rule as unknownTopologyZone } from './unknown-topology-zone/rule.ts';
import { rule as unknownVolumeMount } from './unknown-volume-mount/rule.ts';
import { rule as unlimitedBody } from './unlimited-body/rule.ts';
import { rule as unlimitedProject } from './unlimited-project/rule.ts';
import { rule as unmappedSignIn } from './unmapped-sign-in/rule.ts';
import { rule as unmountedDataPath } from './unmounted-data-path/rule.ts';
import { rule as unpinnedImage } from './unpinned-image/rule.ts';
import { rule as unplaceableKafkaTopic } from './unplaceable-kafka-topic/rule.ts';
import { rule as unplannedEdge } from './unplanned-edge/rule.ts';
import { rule as unprotectedClaim } from './unprotected-claim/rule.ts';
import { rule as unprotectedNamespace } from './unprotected-namespace/rule.ts';
import { rule as unreachableTargetPort } from './unreachable-target-port/rule.ts';
import { rule as unreadableConfigFile } from './unreadable-config-file/rule.ts';
import { rule as unreadableRuleFile } from './unreadable-rule-file/rule.ts';
import { rule as unreadyMembersHidden } from './unready-members-hidden/rule.ts';
import { rule as unreplicatedRing } from './unreplicated-ring/rule.ts';
import { rule as unspreadRing } from './unspread-ring/rule.ts';
import { rule as unusedApiToken } from './unused-api-token/rule.ts';
import { rule as unusedConfigMap } from './unused-config-map/rule.ts';
import { rule as unusedZones } from './unused-zones/rule.ts';
import { rule as unverifiedClusterLabel } from './unverified-cluster-label/rule.ts';
import { rule as unwritableDataPath } from './unwritable-data-path/rule.ts';
import { rule as updateOnDelete } from './update-on-delete/rule.ts';
import { rule as versionLabelDiffers } from './version-label-differs/rule.ts';
import { rule as volumeBelowPlan } from './volume-below-plan/rule.ts';
import { rule as walOff } from './wal-off/rule.ts';
import { rule as wildcardRole } from './wildcard-role/rule.ts';
import { rule as writableRootFilesystem } from './writable-root-filesystem/rule.ts';
import { rule as writerOfUnknownTenant } from './writer-of-unknown-tenant/rule.ts';
import { rule as writerWithoutTenant } from './writer-without-tenant/rule.ts';
import { rule as wrongAdvertisedListener } from './wrong-advertised-listener/rule.ts';
import { rule as wrongClusterDomain } from './wrong-cluster-domain/rule.ts';
import { rule as wrongKafkaVoters } from './wrong-kafka-voters/rule.ts';
import { rule as wrongScheme } from './wrong-scheme/rule.ts';
import { rule as wrongVectorMatching } from './wrong-vector-matching/rule.ts';
import { rule as zonesInOneWave } from './zones-in-one-wave/rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  alertWithoutRunbook,
  alertWithoutSeverity,
  allowAllPolicy,
  allowsEmpty,
  alloyDanglingReference,
  alloyDuplicateArgument,
  alloyDuplicateComponent,
  alloyForwardToNowhere,
  alloyMissingArgument,
  alloyMissingLabel,
  alloyPositionsLost,
  alloyReferenceCycle,
  alloySyntaxError,
  alloyUnfedReceiver,
  alloyUnformatted,
  alloyUnknownArgument,
  alloyUnknownComponent,
  alloyUnknownEndpoint,
  alloyUnknownExport,
  alloyWrongKind,
  ambiguousSrvPort,
  anonymousAccess,
  applicationWithoutFolder,
  autoCreatedTopic,
  autoscaledPositionalSource,
  autoscaledRingMember,
  autoscalerAndReplicas,
  autoscalerWithoutTarget,
  believedTenantHeader,
  blockedDns,
  blockedEgress,
  blockedIngress,
  bucketDiffersFromPlan,
  bucketOfTwoClusters,
  budgetBlocksDrain,
  budgetBreaksQuorum,
  budgetSelectsNothing,
  cacheItemTooSmall,
  cacheOverMemory,
  cacheWithoutAddress,
  canaryWithoutTenant,
  cascadingFinalizer,
  changedDataSourceUid,
  changingClaimLabel,
  claimsDeletedWithSet,
  compactedKafkaTopic,
  configWithoutHash,
  credentialShapedValue,
  credentialsInConfig,
  crossNamespaceRouteWithoutGrant,
  dataOnEmptyDir,
  dataSourceOfUnknownTenant,
  defaultProject,
  defaultServiceAccount,
  deprecatedConfigKey,
  deprecatedKubernetesApi,
  deprecatedKubernetesField,
  deprecatedKustomizeField,
  deprecatedTarget,
  destinationNotInProject,
  disabledFederation,
  downgradedVersion,
  droppedLogBatches,
  duplicateDataSourceUid,
  duplicateRecordingRule,
  escalatingRole,
  evenReplicationFactor,
  exemplarsOff,
  exposedAdminPath,
  filesWithReplicas,
  folderWithoutApplication,
  foreignDataSource,
  gossipServiceWithAddress,
  hostNamespace,
  hostPathVolume,
  hostPort,
  hubWithoutIngestRoute,
  imageDiffersFromRelease,
  inMemoryRingWithReplicas,
  infeasibleSpread,
  ingestStorageHalfOn,
  insecureCookie,
  invalidQuerySelector,
  invalidTenantId,
  joinsNobody,
  keptCapabilities,
  kindNotInProject,
  limitBelowRequest,
  limitsBelowLoad,
  listenPortMismatch,
  listenerWithoutCertificate,
  localRuleEvaluation,
  loggedCredentials,
  lowUserId,
  memberlistPortMismatch,
  misleadingQuery,
  mismatchedZone,
  missingCommittedSecret,
  missingDefaultDeny,
  missingDeleteStore,
  missingDisruptionBudget,
  missingEdge,
  missingGatewayRoute,
  missingGeneratePath,
  missingKafkaTopic,
  missingMemoryLimit,
  missingPartitionsPerInstance,
  missingReadinessProbe,
  missingRequests,
  missingSeccompProfile,
  missingServiceAccount,
  missingSharedObjectGuard,
  missingTenantOverride,
  missingZone,
  mixedVersions,
  movingRevision,
  nameMissingInCertificate,
  namespaceWithoutPodSecurity,
  oneSidedGrpcTls,
  oneSidedPolicy,
  openSignUp,
  orderedStartOfRing,
  overlappingBudgets,
  partialZoneAwareness,
  plainHttpObjectStorage,
  plainHttpRoute,
  plainSecret,
  policyPeerSelectsNothing,
  policyPortUnserved,
  policySelectsNothing,
  privilegeEscalation,
  privilegedContainer,
  probeOfUnknownPort,
  probeWithWrongScheme,
  pruneBeforeReplacement,
  prunedDataSources,
  queryLookbackHidesData,
  querySyntaxError,
  queryTypeError,
  queryWindowGap,
  queryWithFilters,
  readerWithoutTenant,
  receiverWithoutSecret,
  relativeAddress,
  remoteBase,
  removedConfigKey,
  removedFlag,
  removedKubernetesApi,
  replaceOnStateful,
  replicatedSingleton,
  replicatedSqlite,
  retentionAtWrongLevel,
  retentionDiffersFromSpec,
  retentionNotEnforced,
  ringMemberOutsideGossip,
  rollingUpdateWithClaim,
  rootUrlMismatch,
  routeToUnknownService,
  runsAsRoot,
  schedulerWaitsForClients,
  schemaChanged,
  schemaNotTsdb,
  schemaPeriodNotDaily,
  schemaStartsLate,
  schemaUnsorted,
  selectorMissesTemplate,
  serviceMapWithoutGenerator,
  serviceMixesWorkloads,
  serviceWithoutPods,
  sharedClusterLabel,
  sharedExternalLabel,
  sharedHostname,
  sharedKafkaTopic,
  sharedObject,
  sharedTopologyZone,
  shortKafkaRetention,
  shortRateWindow,
  shortTerminationGrace,
  skippedVersion,
  smallKafkaMessages,
  sourceNotInProject,
  storeSharesBucket,
  tailWithoutWebsocket,
  tenancyOff,
  tenantRetentionIgnored,
  tenantWithoutAlertRoutes,
  tooFewCacheConnections,
  tooFewPartitions,
  tooFewReplicasForReplication,
  tooFewZonesForReplication,
  unauthenticatedLocation,
  unboundRole,
  unbuiltPartitions,
  uncollectedMetric,
  uncoveredHostname,
  underReplicatedKafkaTopic,
  unencryptedSecretFile,
  unequalTempoRetention,
  unequalZones,
  unescapedVariable,
  unflushedShutdown,
  unkeptAdoptedData,
  unknownConfigKey,
  unknownConfigMap,
  unknownDataSourceUid,
  unknownFlag,
  unknownObjectStore,
  unknownQueryFunction,
  unknownRole,
  unknownSecret,
  unknownService,
  unknownServicePort,
  unknownTarget,
  unknownTenantOverride,
  unknownTopologyZone,
  unknownVolumeMount,
  unlimitedBody,
  unlimitedProject,
  unmappedSignIn,
  unmountedDataPath,
  unpinnedImage,
  unplaceableKafkaTopic,
  unplannedEdge,
  unprotectedClaim,
  unprotectedNamespace,
  unreachableTargetPort,
  unreadableConfigFile,
  unreadableRuleFile,
  unreadyMembersHidden,
  unreplicatedRing,
  unspreadRing,
  unusedApiToken,
  unusedConfigMap,
  unusedZones,
  unverifiedClusterLabel,
  unwritableDataPath,
  updateOnDelete,
  versionLabelDiffers,
  volumeBelowPlan,
  walOff,
  wildcardRole,
  writableRootFilesystem,
  writerOfUnknownTenant,
  writerWithoutTenant,
  wrongAdvertisedListener,
  wrongClusterDomain,
  wrongKafkaVoters,
  wrongScheme,
  wrongVectorMatching,
  zonesInOneWave,
];
