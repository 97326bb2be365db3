export { explainApplication, explainWorkloads, PATIENCE } from './explain.ts';
export type { Obstacle, Snapshot } from './explain.ts';
export type { Access, Amount, ArgocdFacts, ClusterFacts, Finding, NodeFacts } from './facts.ts';
export { htpasswdLine, linesByUser, takes } from './htpasswd.ts';
export { ARGOCD_NAMESPACE, INSTANCE, LGTM_FLEET, PART_OF, SYNC_WAVE, TRACKING } from './objects.ts';
export type {
  Application,
  Autoscaler,
  Claim,
  ClusterObject,
  ManagedFields,
  Condition,
  Container,
  Event,
  Metadata,
  Pod,
} from './objects.ts';
export { preflight, SUPPORTED_MINORS } from './preflight.ts';
export { quantity } from './quantities.ts';
export { redirect } from './repository.ts';
export type { OtherRepository } from './repository.ts';
export { planSecretChanges, variableOf } from './secrets.ts';
export type { SecretChange, SecretInputs, SecretPlanning, SecretValues } from './secrets.ts';
export { givenUp } from './resume.ts';
export type { Operation } from './resume.ts';
export { describe, expectedApplications, observe } from './states.ts';
export type { ApplicationState, Expected, FirstSeen, Observation } from './states.ts';
export { belongsTo, planTeardown } from './teardown.ts';
export type { Teardown } from './teardown.ts';
export { planFinish } from './rotation/finish.ts';
export type { Finish } from './rotation/finish.ts';
export { HANDED_OUT, planRevocation } from './rotation/revocation.ts';
export type { Revocation } from './rotation/revocation.ts';
export { planRotation } from './rotation/rotation.ts';
export type { Rotation, Successor } from './rotation/rotation.ts';
export { readersAtStart } from './rotation/readers.ts';
export type { Reader } from './rotation/readers.ts';
