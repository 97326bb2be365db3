/**
 * The pinned, mutually tested set of versions. Renovate reads the comments (see renovate.json5);
 * every other place takes its version from here.
 */
export interface Release {
  /** Image reference without a tag, as the bases write it; absent for what is not an image. */
  readonly image?: string;
  readonly version: string;
  /** Tag of the image or of the repository where it differs from the version. */
  readonly tag: string;
  /** Repository that a third-party Application syncs from, and the path in it. */
  readonly repository?: { readonly url: string; readonly path: string };
  /** One file of that repository at that tag, for who cannot clone it, and the SHA-256 of its bytes. */
  readonly manifests?: { readonly url: string; readonly sha256: string };
}

export const releases = {
  // renovate: datasource=docker depName=grafana/loki
  loki: { image: 'grafana/loki', version: '3.7.8', tag: '3.7.8' },
  // renovate: datasource=docker depName=grafana/loki-canary
  'loki-canary': { image: 'grafana/loki-canary', version: '3.7.8', tag: '3.7.8' },
  // renovate: datasource=docker depName=grafana/mimir
  mimir: { image: 'grafana/mimir', version: '3.2.1', tag: '3.2.1' },
  // renovate: datasource=docker depName=grafana/tempo
  tempo: { image: 'grafana/tempo', version: '3.0.3', tag: '3.0.3' },
  // renovate: datasource=docker depName=grafana/tempo-vulture
  'tempo-vulture': { image: 'grafana/tempo-vulture', version: '3.0.3', tag: '3.0.3' },
  // renovate: datasource=docker depName=grafana/grafana
  grafana: { image: 'grafana/grafana', version: '13.2.3', tag: '13.2.3' },
  // renovate: datasource=docker depName=litestream/litestream
  litestream: { image: 'litestream/litestream', version: '0.5.17', tag: '0.5.17' },
  // renovate: datasource=docker depName=grafana/alloy
  alloy: { image: 'grafana/alloy', version: '1.18.1', tag: 'v1.18.1' },
  // renovate: datasource=docker depName=prom/prometheus
  prometheus: { image: 'prom/prometheus', version: '3.15.0', tag: 'v3.15.0' },
  // renovate: datasource=docker depName=prom/alertmanager
  alertmanager: { image: 'prom/alertmanager', version: '0.35.0', tag: 'v0.35.0' },
  // renovate: datasource=docker depName=registry.k8s.io/kube-state-metrics/kube-state-metrics
  'kube-state-metrics': {
    image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics',
    version: '2.19.1',
    tag: 'v2.19.1',
  },
  // renovate: datasource=docker depName=prom/node-exporter
  'node-exporter': { image: 'prom/node-exporter', version: '1.12.1', tag: 'v1.12.1' },
  // renovate: datasource=docker depName=memcached
  memcached: { image: 'memcached', version: '1.6.45', tag: '1.6.45-alpine' },
  // renovate: datasource=docker depName=chrislusf/seaweedfs
  seaweedfs: { image: 'chrislusf/seaweedfs', version: '4.48', tag: '4.48' },
  // renovate: datasource=docker depName=nginxinc/nginx-unprivileged
  nginx: { image: 'nginxinc/nginx-unprivileged', version: '1.29.3', tag: '1.29.3-alpine' },
  // renovate: datasource=docker depName=apache/kafka
  kafka: { image: 'apache/kafka', version: '4.1.1', tag: '4.1.1' },
  // Built from apps/sample, whose version a test holds this one to.
  sample: { image: 'ghcr.io/lgtm-fleet/sample', version: '0.1.0', tag: '0.1.0' },
  // renovate: datasource=github-tags depName=argoproj/argo-cd
  'argo-cd': {
    version: '3.6.1',
    tag: 'v3.6.1',
    repository: { url: 'https://github.com/argoproj/argo-cd.git', path: 'manifests/cluster-install' },
    // What the path above builds to, as upstream publishes it.
    manifests: {
      url: 'https://raw.githubusercontent.com/argoproj/argo-cd/v3.6.1/manifests/install.yaml',
      sha256: '7be23ca7d9ca3d3074dee8332f1ca92a933b990cee7c9cf22cf3843ee8c2913e',
    },
  },
  // renovate: datasource=github-tags depName=prometheus-operator/prometheus-operator
  'prometheus-operator-crds': {
    version: '0.88.0',
    tag: 'v0.88.0',
    repository: {
      url: 'https://github.com/prometheus-operator/prometheus-operator.git',
      path: 'example/prometheus-operator-crd',
    },
  },
  // renovate: datasource=github-tags depName=kubernetes-sigs/gateway-api
  'gateway-api-crds': {
    version: '1.6.1',
    tag: 'v1.6.1',
    repository: { url: 'https://github.com/kubernetes-sigs/gateway-api.git', path: 'config/crd' },
  },
} as const satisfies Readonly<Record<string, Release>>;

export type ReleaseName = keyof typeof releases;
