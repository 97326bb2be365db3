import { get } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { grpcClientsOf } from '../../view/grpc-clients.ts';
import { setting } from '../../view/program.ts';

export const rule: Rule = {
  meta: {
    id: 'one-sided-grpc-tls',
    family: 'network',
    severity: 'error',
    description: 'A store serves gRPC with TLS and one of its clients calls without, or the other way round.',
    why: 'Roles that call each other by that client find nobody: writes, queries or rules stop, and the ring looks healthy.',
    source: 'https://grafana.com/docs/mimir/latest/manage/secure/securing-communications-with-tls/',
  },
  *cluster(cluster) {
    const said = new Map<string, Report>();
    for (const program of cluster.programs) {
      const { config } = program;
      if (config === undefined) continue;
      const file = setting(program, 'server', 'grpc_tls_config', 'cert_file')?.value;
      const serves = typeof file === 'string' && file !== '';
      for (const { path } of grpcClientsOf(program)) {
        const calls = get(config.value, ...path, 'tls_enabled') === true;
        if (calls === serves) continue;
        const name = path.join('.');
        // One file for all roles: said once.
        said.set(`${config.manifest.namespace}/${config.manifest.name}/${name}`, {
          place: inConfig(config, ...path, 'tls_enabled'),
          message: serves
            ? `\`${name}\` calls without TLS what \`server.grpc_tls_config\` serves with it`
            : `\`${name}\` calls with TLS, and \`server.grpc_tls_config\` serves without`,
          help: serves
            ? 'set `tls_enabled: true`, and the CA to check by'
            : 'give the server a certificate, or set `tls_enabled: false`',
        });
      }
    }
    yield* said.values();
  },
};
