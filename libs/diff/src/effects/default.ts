import { get, list, text, type Manifest } from '@lgtm-fleet/manifests';
import { own } from '../fields/own.ts';
import { under } from '../fields/path.ts';
import type { Change, Effect, FieldChange } from '../types.ts';
import { worse } from '../types.ts';

/** What it does that an object of a kind goes. Of kinds that are not here something stops: `downtime`. */
const GONE: Readonly<Record<string, Effect>> = {
  Namespace: 'data-loss',
  PersistentVolumeClaim: 'data-loss',
  PersistentVolume: 'data-loss',
  CustomResourceDefinition: 'data-loss',
  NetworkPolicy: 'exposure',
  BackendTLSPolicy: 'exposure',
  ValidatingAdmissionPolicy: 'exposure',
  ValidatingAdmissionPolicyBinding: 'exposure',
  AppProject: 'downtime',
  HorizontalPodAutoscaler: 'scale',
  PodDisruptionBudget: 'scale',
  ResourceQuota: 'scale',
  LimitRange: 'scale',
  PriorityClass: 'scale',
};

/** What it does that an object of a kind is new. Of other kinds nothing that ran is touched. */
const NEW: Readonly<Record<string, Effect>> = {
  Secret: 'exposure',
  HTTPRoute: 'exposure',
  GRPCRoute: 'exposure',
  Gateway: 'exposure',
  Ingress: 'exposure',
  ReferenceGrant: 'exposure',
  ClusterRoleBinding: 'exposure',
  ClusterRole: 'exposure',
  RoleBinding: 'exposure',
  Role: 'exposure',
  AppProject: 'exposure',
  Deployment: 'scale',
  StatefulSet: 'scale',
  DaemonSet: 'scale',
  Job: 'scale',
  CronJob: 'scale',
  HorizontalPodAutoscaler: 'scale',
  PodDisruptionBudget: 'scale',
  ResourceQuota: 'scale',
  LimitRange: 'scale',
};

/** What it does that a field below `spec` or `data` of a kind changes, where it replaces no pods. */
const CHANGED: Readonly<Record<string, Effect>> = {
  NetworkPolicy: 'exposure',
  AppProject: 'exposure',
  HTTPRoute: 'exposure',
  GRPCRoute: 'exposure',
  Gateway: 'exposure',
  BackendTLSPolicy: 'exposure',
  Ingress: 'exposure',
  ReferenceGrant: 'exposure',
  // Until it is issued anew, host names that it has only now are refused.
  Certificate: 'downtime',
  ClusterRole: 'exposure',
  ClusterRoleBinding: 'exposure',
  Role: 'exposure',
  RoleBinding: 'exposure',
  Secret: 'exposure',
  ExternalSecret: 'exposure',
  Service: 'downtime',
  Application: 'restart',
  Job: 'restart',
  CronJob: 'restart',
};

/** What a change does where no class of danger says more. Exactly one effect. */
export function defaultEffect(change: Change): Effect {
  const { action, kind, before, after } = change;
  if (action === 'removed') return change.orphaned ? 'cosmetic' : gone(before, kind);
  if (action === 'renamed') return gone(before, kind);
  if (action === 'added') return kind === 'Service' && isPublic(after) ? 'exposure' : (own(NEW, kind) ?? 'cosmetic');
  const worst = change.fields.reduce<Effect>((known, field) => worse(known, ofField(change, field)), 'cosmetic');
  return change.rolls.length > 0 ? worse(worst, 'restart') : worst;
}

/** The worst that the removal of some objects does. */
export function worstGone(changes: readonly Change[]): Effect {
  return changes.reduce<Effect>((worst, { before, kind }) => worse(worst, gone(before, kind)), 'cosmetic');
}

function gone(before: Manifest | undefined, kind: string): Effect {
  // Hooks are run at a sync and then gone anyway.
  if (text(before?.body, 'metadata', 'annotations', 'argocd.argoproj.io/hook') !== undefined) return 'cosmetic';
  if (kind === 'StatefulSet')
    return list(before?.body, 'spec', 'volumeClaimTemplates').length > 0 ? 'data-loss' : 'downtime';
  return own(GONE, kind) ?? 'downtime';
}

function ofField({ kind, after }: Change, { path }: FieldChange): Effect {
  if (under(path, 'metadata') || under(path, 'apiVersion') || under(path, 'status')) return 'cosmetic';
  if (under(path, 'spec', 'template') && kind !== 'Job') return 'restart';
  if (kind === 'Service' && (isPublic(after) || path.includes('type'))) return 'exposure';
  return own(CHANGED, kind) ?? 'scale';
}

function isPublic(service: Manifest | undefined): boolean {
  const type = get(service?.body, 'spec', 'type');
  return type === 'LoadBalancer' || type === 'NodePort';
}
