import type { Plan } from '@lgtm-fleet/plan';
import type { Alert, RuleFamily } from '../../types.ts';

const CERTIFICATE = '{{ $labels.exported_namespace }}/{{ $labels.name }} of {{ $labels.cluster }}';
const BY = 'by (cluster, exported_namespace, name, issuer_name)';

/**
 * Certificates of cert-manager, which is scraped as its own manifests ask for, and of kubelets. Both have no namespace of
 * a tenant, so the first one has them. Of a scrape, label `namespace` is where cert-manager runs; that of the certificate
 * is `exported_namespace`.
 */
export const certificates: RuleFamily = {
  name: 'certificates',
  audience: 'nodes',
  evaluators: ['metrics'],
  groups: (plan) => [
    { name: 'certificates', rules: usesCertManager(plan) ? [unwatched(plan), ...issued()] : [] },
    { name: 'certificates-of-kubelets', rules: kubelets() },
  ],
};

function usesCertManager({ tls, exposure }: Plan): boolean {
  return tls !== undefined || exposure?.tls?.kind === 'issuer';
}

function unwatched(plan: Plan): Alert {
  return {
    alert: 'CertificatesUnwatched',
    expr: `absent(certmanager_certificate_expiration_timestamp_seconds{cluster="${plan.collection.clusterLabel}"})`,
    for: '30m',
    severity: 'info',
    summary: 'Nothing is known of the certificates of {{ $labels.cluster }}',
    description:
      'cert-manager does not run, or its pods are not annotated to be scraped (prometheus.enabled of its chart). Nobody would be told of a certificate that ends.',
    runbook: 'scrape-failing',
  };
}

/** Of a certificate that was never issued every time is 0: it has no end, and CertificateNotReady tells of it. */
function told(time: 'expiration' | 'not_before' | 'renewal'): string {
  return `(certmanager_certificate_${time}_timestamp_seconds > 0)`;
}

function issued(): readonly Alert[] {
  return [
    {
      alert: 'CertificateNotReady',
      expr: `max ${BY} (certmanager_certificate_ready_status{condition=~"False|Unknown"}) == 1`,
      // An issuer that asks somebody outside for a proof takes some minutes.
      for: '20m',
      severity: 'warning',
      summary: `Certificate ${CERTIFICATE} is not ready`,
      description:
        'Its issuer does not sign it. What has no certificate yet does not start; what has one keeps it until it ends.',
      runbook: 'certificate-expiring',
    },
    {
      alert: 'CertificateRenewalOverdue',
      expr: `time() - max ${BY} (${told('renewal')}) > 3600`,
      for: '1h',
      severity: 'warning',
      summary: `Certificate ${CERTIFICATE} was to be renewed before now`,
      description:
        'cert-manager does not run, or its issuer {{ $labels.issuer_name }} refuses. There is time: it was to be renewed long before its end.',
      runbook: 'certificate-expiring',
    },
    {
      alert: 'CertificateExpiresSoon',
      // A share of its life, for they last hours or years: everybody renews with a third of it left. When a life began
      // cert-manager tells since 1.18.
      expr: [
        `max ${BY} (${told('expiration')} - time())`,
        `/ max ${BY} (${told('expiration')} - ${told('not_before')}) < 0.15`,
      ].join(' '),
      for: '15m',
      severity: 'critical',
      summary: `Certificate ${CERTIFICATE} has {{ $value | humanizePercentage }} of its life`,
      description: 'At its end whatever shows it is refused: browsers, collectors, or stores among each other.',
      runbook: 'certificate-expiring',
    },
  ];
}

function kubelets(): readonly Alert[] {
  const of = 'job="kube-system/kubelet"';
  const errors = [
    'kubelet_certificate_manager_client_expiration_renew_errors',
    'kubelet_server_expiration_renew_errors',
  ];
  const ttls = ['kubelet_certificate_manager_client_ttl_seconds', 'kubelet_certificate_manager_server_ttl_seconds'];
  return [
    {
      alert: 'KubeletCertificateNotRenewed',
      expr: errors.map((metric) => `sum by (cluster, instance) (increase(${metric}{${of}}[1h])) > 0`).join(' or '),
      for: '15m',
      severity: 'warning',
      summary: 'The kubelet of {{ $labels.instance }} of {{ $labels.cluster }} cannot renew its certificate',
      description:
        'Nobody signs its requests (kubectl get csr). At the end of the certificate the node is lost to the cluster.',
      runbook: 'certificate-expiring',
    },
    {
      alert: 'KubeletCertificateExpiresSoon',
      // It renews with a fifth of its life left; of a day, the shortest in use, that is five hours. Unused is +Inf.
      expr: ttls.map((metric) => `min by (cluster, instance) (${metric}{${of}}) < 10800`).join(' or '),
      for: '15m',
      severity: 'critical',
      summary:
        'The certificate of the kubelet of {{ $labels.instance }} of {{ $labels.cluster }} ends in {{ $value | humanizeDuration }}',
      description: 'After that the API server does not hear from the node, and its pods are started elsewhere.',
      runbook: 'certificate-expiring',
    },
  ];
}
