import { attributesOf, constantText } from '@lgtm-fleet/alloy';
import { list } from '@lgtm-fleet/manifests';
import { inConfig, inText } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { alloyConfigs } from '../../view/alloy-configs.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { grpcClientsOf } from '../../view/grpc-clients.ts';
import { httpCallsOf } from '../../view/http-calls.ts';
import { setting } from '../../view/program.ts';
import { bears, certificateOf, servedAt } from '../../view/served.ts';

const META = {
  id: 'name-missing-in-certificate',
  family: 'network',
  severity: 'error',
  description: 'A certificate does not bear the name by which its server is called.',
  why: 'Callers that check, as they should, end the handshake: nothing gets through until somebody turns the check off.',
  source: 'https://cert-manager.io/docs/usage/certificate/',
} as const;

export const rule: Rule = {
  meta: META,
  *cluster(cluster) {
    for (const { host, scheme, key, to, port, place } of httpCallsOf(cluster)) {
      const served = servedAt(cluster, to, port);
      const certificate = served?.tls === true && scheme === 'https' ? certificateOf(cluster, to, served) : undefined;
      if (certificate === undefined || bears(certificate, host)) continue;
      yield {
        place,
        message: `\`${key}\` calls \`${host}\`, which Certificate \`${certificate.name}\` of \`${to.name}\` does not bear`,
        help: HELP,
      };
    }
    yield* overridden(cluster);
    yield* scraped(cluster);
  },
};

const HELP = 'add it to `spec.dnsNames` of the Certificate';

/** The name that roles of a store expect of each other, whatever the address. */
function* overridden(cluster: ClusterView): Iterable<Report> {
  const said = new Map<string, Report>();
  for (const program of cluster.programs) {
    const file = setting(program, 'server', 'grpc_tls_config', 'cert_file')?.value;
    if (typeof file !== 'string' || program.config === undefined) continue;
    const certificate = certificateOf(cluster, program.workload, { port: 0, tls: true, certificate: file });
    for (const { path } of grpcClientsOf(program)) {
      const name = setting(program, ...path, 'tls_server_name')?.value;
      if (typeof name !== 'string' || certificate === undefined || bears(certificate, name)) continue;
      const key = [...path, 'tls_server_name'].join('.');
      said.set(`${certificate.name} ${key}`, {
        place: inConfig(program.config, ...path, 'tls_server_name'),
        message: `\`${key}\` expects \`${name}\`, which Certificate \`${certificate.name}\` does not bear`,
        help: HELP,
      });
    }
  }
  yield* said.values();
}

/** The name that Alloy expects of the pods that it scrapes. */
function* scraped(cluster: ClusterView): Iterable<Report> {
  const certificates = cluster.ofKind('Certificate').filter(({ body }) => list(body, 'spec', 'dnsNames').length > 0);
  if (certificates.length === 0) return;
  for (const { config, file } of alloyConfigs(cluster)) {
    for (const { attribute } of file.body.flatMap((block) =>
      block.kind === 'block' ? attributesOf(block.body) : [],
    )) {
      const name = attribute.name.name === 'server_name' ? constantText(attribute.value) : undefined;
      if (name === undefined || certificates.some((one) => bears(one, name))) continue;
      yield {
        place: inText(config, attribute.value.span),
        message: `\`server_name\` expects \`${name}\`, which no Certificate of the cluster bears`,
        help: HELP,
      };
    }
  }
}
