import type { SenderPlan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { EdgeFile } from '../types.ts';
import { filesBelow, PROMETHEUS_FOLDER } from './places.ts';

/** What a Prometheus adds to its own file; one for each of a pair. */
export function prometheusFiles(sender: SenderPlan, hub: string): readonly EdgeFile[] {
  const { name, pair } = sender;
  if (pair === undefined)
    return [file('prometheus.yml', `what the Prometheus of ${name} adds to its prometheus.yml.`, sender, hub, {})];
  return (['a', 'b'] as const).map((replica) =>
    file(
      `prometheus-${replica}.yml`,
      `what Prometheus ${replica} of the pair ${name} adds to its prometheus.yml.`,
      sender,
      hub,
      {
        [pair.cluster]: name,
        [pair.replica]: replica,
      },
    ),
  );
}

function file(
  fileName: string,
  why: string,
  sender: SenderPlan,
  hub: string,
  paired: Readonly<Record<string, string>>,
): EdgeFile {
  const { pair } = sender;
  return {
    name: fileName,
    why: `An example: ${why}`,
    form: 'yaml',
    value: {
      global: { external_labels: { cluster: sender.name, ...paired } },
      remote_write: [
        {
          name: hub,
          url: `${sender.gatewayUrl}/api/v1/push`,
          ...signIn(sender),
          send_exemplars: true,
          send_native_histograms: true,
          queue_config: { max_shards: 10, max_backoff: '30s' },
        },
      ],
    },
    comments: {
      'global/external_labels/cluster': 'Tells its series from those of others',
      ...(pair !== undefined && {
        [`global/external_labels/${pair.replica}`]: 'Another one on each of the two; Mimir takes it off',
      }),
      'remote_write/0/queue_config': 'Ten connections send what waited in the write-ahead log, two hours of it',
    },
  };
}

function signIn(sender: SenderPlan): Readonly<Record<string, YamlValue>> {
  const files = filesBelow(PROMETHEUS_FOLDER, sender);
  const tls = sender.ownAuthority ? { tls_config: { ca_file: files.authority } } : {};
  switch (sender.credential) {
    case 'password':
      return { basic_auth: { username: sender.writer, password_file: files.secret }, ...tls };
    case 'token':
      return { authorization: { type: 'Bearer', credentials_file: files.secret }, ...tls };
    case 'certificate':
      return { tls_config: { ca_file: files.authority, cert_file: files.certificate, key_file: files.key } };
  }
}
