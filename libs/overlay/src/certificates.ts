import {
  encryptionOf,
  objectNames,
  type CertificatePlan,
  type ComponentPlan,
  type Plan,
  type Workload,
} from '@lgtm-fleet/plan';
import { TLS_FOLDER, type KubernetesObject, type ObjectFile, type PatchFile } from '@lgtm-fleet/resources';
import { identify } from './workload-objects.ts';

/** Three months, renewed a month before the end: a month in which somebody can notice that it was not. */
const DURATION = '2160h0m0s';
const RENEW_BEFORE = '720h0m0s';

/** Roles whose base has a startup probe beside the one for readiness. */
const STARTED: ReadonlySet<string> = new Set([
  'ingester',
  'monolithic',
  'live-store',
  'prometheus',
  'grafana',
  'meta-monitoring',
]);

/** The Certificates that a component's Application makes; none without `spec.tls`. */
export function certificateFile(plan: Plan, component: ComponentPlan): readonly ObjectFile[] {
  const own = plan.certificates.filter((certificate) => certificate.component === component.name);
  const { tls } = plan;
  if (tls === undefined || own.length === 0) return [];
  return [
    {
      name: 'certificates.yaml',
      why: `spec.tls: cert-manager fills the Secrets and renews them. ${own.map(({ secretName, why }) => `${secretName}: ${why}.`).join('\n')}`,
      objects: own.map((certificate) => certificateObject(certificate, tls.issuer)),
    },
  ];
}

/** What cert-manager would fill in is spelt out, or Argo CD would call it a difference. */
function certificateObject(certificate: CertificatePlan, issuer: string): KubernetesObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: {
      name: certificate.name,
      namespace: certificate.namespace,
      labels: {
        'app.kubernetes.io/name': certificate.component,
        'app.kubernetes.io/component': 'certificate',
      },
    },
    spec: {
      secretName: certificate.secretName,
      dnsNames: [...certificate.dnsNames],
      usages: [...certificate.usages],
      duration: DURATION,
      renewBefore: RENEW_BEFORE,
      privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8', size: 256, rotationPolicy: 'Always' },
      revisionHistoryLimit: 1,
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
    },
  };
}

/** Mounts the Secrets, and tells kubelets and scrapers of the ports that are HTTPS now. */
export function tlsPatches(plan: Plan, component: ComponentPlan): PatchFile {
  return {
    name: 'tls.yaml',
    why: 'spec.tls: where the certificate is mounted. Kubelets ask over HTTPS; they check no certificate and need none.\nThe folder is mounted, not its files, so that a renewed certificate arrives.',
    patches: component.workloads.flatMap((workload) => {
      const certificate = plan.certificates.find(({ users }) =>
        users.some((user) => user.component === workload.component && user.role === workload.role),
      );
      return certificate === undefined ? [] : workloadPatches(plan, workload, certificate);
    }),
  };
}

function workloadPatches(
  plan: Plan,
  workload: Workload,
  { namespace, secretName, mounted }: CertificatePlan,
): readonly KubernetesObject[] {
  const { component, role } = workload;
  const https = encryptionOf({ kind: 'pods', namespace, component, role }, 'http') !== undefined;
  const probe = { httpGet: { scheme: 'HTTPS' } };
  const container = {
    name: role,
    ...(https && { ...(STARTED.has(role) && { startupProbe: probe }), readinessProbe: probe }),
    volumeMounts: [{ name: 'tls', mountPath: TLS_FOLDER, readOnly: true }],
  };
  // 288 is 0440: the pod's group reads it, and nobody else. A caller gets the CA and no key.
  const secret = { secretName, defaultMode: 288, items: mounted.map((key) => ({ key, path: key })) };
  return objectNames(plan, workload).map((name) => ({
    ...identify(workload, name),
    spec: {
      template: {
        ...(https && { metadata: { annotations: { 'prometheus.io/scheme': 'https' } } }),
        spec: { containers: [container], volumes: [{ name: 'tls', secret }] },
      },
    },
  }));
}
