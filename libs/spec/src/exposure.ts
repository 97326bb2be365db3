import { z } from 'zod';
import { dnsLabel, hostname, listenerHostname, objectName } from './names.ts';

/** How people and senders outside the cluster come in: through a Gateway that is there, one of our own, or an Ingress. */
export const exposure = z.strictObject({
  gateway: z
    .strictObject({
      name: dnsLabel,
      namespace: dnsLabel,
      hostname: listenerHostname.optional().describe('Of its listener; host names outside it are refused here.'),
    })
    .optional()
    .describe('An existing Gateway (Gateway API).'),
  gatewayClass: objectName('a GatewayClass').optional().describe('A Gateway of our own, of this class.'),
  ingressClass: objectName('an IngressClass').optional().describe('Ingress objects of this class.'),
  tls: z
    .strictObject({
      issuer: objectName('a ClusterIssuer')
        .optional()
        .describe('ClusterIssuer of cert-manager that signs for the host names.'),
      secret: dnsLabel
        .optional()
        .describe('A Secret of type kubernetes.io/tls that is there, in namespace observability.'),
    })
    .optional()
    .describe('Where the certificate comes from; not needed where an existing Gateway has its own.'),
  grafana: z.strictObject({ hostname }).describe('Where people open Grafana.'),
  ingest: z
    .strictObject({
      hostname,
      grpcHostname: hostname
        .optional()
        .describe(
          'Where outsiders push OTLP by gRPC; closed unless said. A name of its own: a GRPCRoute may not share one with an HTTPRoute.',
        ),
    })
    .optional()
    .describe('Where edges and outsiders push.'),
  queries: z
    .strictObject({ hostname })
    .optional()
    .describe('Where programs outside the cluster query; closed unless said. May be the host name of ingest.'),
});
