import type { SenderPlan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { EdgeFile } from '../types.ts';
import { COLLECTOR_FOLDER, filesBelow } from './places.ts';

const EXPORTER = 'otlphttp/home';
const QUEUE = 'file_storage/home';
/** The exporter's place, for comments. */
const AT = `exporters/${EXPORTER.replace('/', '~1')}`;
const SIGNALS = ['metrics', 'logs', 'traces'] as const;

/** What a Collector of OpenTelemetry runs with that sends all three signals home, and keeps on disk what it cannot send. */
export function collectorFile(sender: SenderPlan): EdgeFile {
  const { extension, exporter } = signIn(sender);
  const names = Object.keys(extension);
  return {
    name: 'otel-collector.yaml',
    why: `An example: what a Collector of OpenTelemetry (the distribution contrib) of ${sender.name} runs with.`,
    form: 'yaml',
    value: {
      extensions: {
        ...extension,
        [QUEUE]: { directory: '/var/lib/otelcol-contrib/home', create_directory: true },
      },
      receivers: {
        otlp: { protocols: { grpc: { endpoint: '127.0.0.1:4317' }, http: { endpoint: '127.0.0.1:4318' } } },
      },
      processors: { memory_limiter: { check_interval: '1s', limit_mib: 512, spike_limit_mib: 128 }, batch: {} },
      exporters: {
        [EXPORTER]: {
          endpoint: `${sender.gatewayUrl}/otlp`,
          compression: 'gzip',
          ...exporter,
          sending_queue: { storage: QUEUE, queue_size: 10_000 },
          retry_on_failure: { max_elapsed_time: 0 },
        },
      },
      service: {
        extensions: [...names, QUEUE],
        pipelines: Object.fromEntries(
          SIGNALS.map((signal) => [
            signal,
            { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: [EXPORTER] },
          ]),
        ),
      },
    },
    comments: {
      receivers: 'Applications send gRPC or HTTP here; what goes home is HTTP',
      [`${AT}/endpoint`]: '/v1/metrics, /v1/logs and /v1/traces follow by themselves',
      [`${AT}/sending_queue`]: 'On disk, in batches',
      [`${AT}/retry_on_failure`]: '0: for ever',
    },
  };
}

interface SignIn {
  readonly extension: Readonly<Record<string, YamlValue>>;
  readonly exporter: Readonly<Record<string, YamlValue>>;
}

function signIn(sender: SenderPlan): SignIn {
  const files = filesBelow(COLLECTOR_FOLDER, sender);
  const tls = sender.ownAuthority ? { tls: { ca_file: files.authority } } : {};
  switch (sender.credential) {
    case 'password':
      return {
        extension: { 'basicauth/home': { client_auth: { username: sender.writer, password_file: files.secret } } },
        exporter: { auth: { authenticator: 'basicauth/home' }, ...tls },
      };
    case 'token':
      return {
        extension: { 'bearertokenauth/home': { filename: files.secret } },
        exporter: { auth: { authenticator: 'bearertokenauth/home' }, ...tls },
      };
    case 'certificate':
      return {
        extension: {},
        exporter: { tls: { ca_file: files.authority, cert_file: files.certificate, key_file: files.key } },
      };
  }
}
