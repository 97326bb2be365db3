const metadata = { name: 'example', namespace: 'default', labels: { 'app.kubernetes.io/name': 'example' } };

/** Good objects of the kinds by which somebody comes in from outside. */
export const entryManifests = [
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata,
    spec: {
      parentRefs: [{ name: 'public', namespace: 'gateways' }],
      hostnames: ['grafana.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ name: 'grafana', port: 3000 }],
          timeouts: { request: '300s' },
        },
      ],
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata,
    spec: {
      parentRefs: [{ name: 'public', namespace: 'gateways' }],
      hostnames: ['otlp.example.com'],
      rules: [
        {
          matches: [{ method: { type: 'Exact', service: 'opentelemetry.proto.collector.logs.v1.LogsService' } }],
          backendRefs: [{ name: 'gateway', port: 4317 }],
        },
      ],
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata,
    spec: {
      gatewayClassName: 'example',
      listeners: [
        {
          name: 'https',
          hostname: 'grafana.example.com',
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'public-tls' }] },
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    metadata,
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'gateways' }],
      to: [{ group: '', kind: 'Secret', name: 'public-tls' }],
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata,
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: 'grafana' }],
      validation: {
        caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }],
        hostname: 'grafana.default.svc.cluster.local',
      },
    },
  },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata,
    spec: {
      secretName: 'public-tls',
      dnsNames: ['grafana.example.com'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'grafana.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'grafana', port: { name: 'http' } } } },
            ],
          },
        },
      ],
    },
  },
];
