const metadata = { name: 'example', namespace: 'default', labels: { 'app.kubernetes.io/name': 'example' } };
const matchLabels = { 'app.kubernetes.io/name': 'example' };

/** Each kind of peer that overlays use, as the definition of Cilium 1.18 has it. */
export const ciliumNetworkPolicy = {
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata,
  spec: {
    endpointSelector: { matchLabels },
    ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '3000', protocol: 'TCP' }] }] }],
    egress: [
      {
        toEndpoints: [{ matchLabels: { 'k8s:k8s-app': 'kube-dns' } }],
        toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
      },
      {
        toFQDNs: [{ matchName: 'storage.example.com' }],
        toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
      },
      { toEntities: ['kube-apiserver'] },
      { toCIDR: ['192.0.2.7/32'] },
      { toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] }] },
    ],
  },
};
