import type { Plan, SenderPlan } from '@lgtm-fleet/plan';
import { COLLECTOR_FOLDER, edgeFolders, filesBelow, PROMETHEUS_FOLDER, type EdgeFile } from '@lgtm-fleet/resources';
import { formatBytes, formatCount } from '@lgtm-fleet/units';
import { table } from '../table.ts';
import { credentialNoun, MAY, shell, whereFrom } from './credential.ts';

const PATHS = {
  'remote-write': ['Prometheus remote write', '/api/v1/push'],
  otlp: ['OTLP over HTTP', '/otlp/v1/metrics`, `/otlp/v1/logs`, `/otlp/v1/traces'],
  loki: ['Loki push', '/loki/api/v1/push'],
} as const;

/** The page of somebody who pushes by himself: where to, what with, and an example for each of his protocols. */
export function senderPage(plan: Plan, sender: SenderPlan): readonly string[] {
  const { name, tenant, writer, gatewayUrl, protocols } = sender;
  const files = edgeFolders(plan).find((folder) => folder.name === name)?.files ?? [];
  return [
    `# ${name}`,
    `Pushes to \`${gatewayUrl}\` as tenant \`${tenant}\`, with what the writer \`${writer}\` shows: ${credentialNoun(sender)}.${amounts(sender)}`,
    `Where it comes from: [${plan.specPath}](../../../../${plan.specPath}), \`spec.ingest.senders\`.`,
    table(
      ['protocol', 'path', 'example'],
      protocols.map((protocol) => [PATHS[protocol][0], `\`${PATHS[protocol][1]}\``, examplesOf(protocol, files)]),
    ),
    ...(plan.exposure?.ingestHostname === undefined
      ? ['`spec.exposure.ingest` is not said, so this address is good inside the cluster alone.']
      : []),
    '## The credential',
    whereFrom(plan, sender),
    MAY,
    ...(protocols.includes('remote-write') ? remoteWrite(sender) : []),
    ...(protocols.includes('otlp') ? otlp(sender) : []),
    ...(protocols.includes('loki') ? loki(sender) : []),
    '## Answers',
    table(
      ['status', 'means', 'a sender'],
      [
        ['200, 204', 'taken', 'goes on'],
        ['400', 'refused by the store: too old, too long, not understood', 'drops it; its log says why'],
        ['401, 403', 'nobody that the gateway knows, or one who may not push', 'drops it: correct the credential'],
        ['413', 'more than 32 MiB at once', 'sends less at once'],
        ['429', 'over the limit of the tenant, or too many requests', 'waits, and tries again'],
        ['5xx', 'nobody is there now', 'waits, and tries again'],
      ],
    ),
  ];
}

function amounts({ series, logs, traces }: SenderPlan): string {
  const said = [
    ...(series === undefined ? [] : [`${formatCount(series)} series`]),
    ...(logs === undefined ? [] : [`${formatBytes(logs)}/s of logs`]),
    ...(traces === undefined ? [] : [`${formatBytes(traces)}/s of traces`]),
  ];
  return said.length === 0 ? '' : ` Planned for ${said.join(', ')}.`;
}

function examplesOf(protocol: SenderPlan['protocols'][number], files: readonly EdgeFile[]): string {
  if (protocol === 'loki') return '[below](#loki-push)';
  const start = protocol === 'otlp' ? 'otel-collector' : 'prometheus';
  return files
    .filter((file) => file.name.startsWith(start))
    .map((file) => `[${file.name}](${file.name})`)
    .join(', ');
}

function remoteWrite(sender: SenderPlan): readonly string[] {
  const { pair, name } = sender;
  return [
    '## Prometheus remote write',
    `The example is what a Prometheus adds to its own \`prometheus.yml\`. It reads ${shown(sender, PROMETHEUS_FOLDER)}. While the gateway is away it sends nothing, and then what its write-ahead log still has: about two hours. \`promtool check config\` reads the file as it is.`,
    ...(pair === undefined
      ? []
      : [
          `Two send the same: \`${pair.cluster}="${name}"\` on both, and another \`${pair.replica}\` on each. Mimir takes one of them, takes \`${pair.replica}\` off, and after half a minute without it takes the other. Both labels must be on everything that they send, as external labels are; the first series of a request decides for all of it.`,
        ]),
  ];
}

function otlp(sender: SenderPlan): readonly string[] {
  return [
    '## OTLP',
    `The example is a whole configuration of a Collector of OpenTelemetry, the distribution contrib (0.153 was read), which applications send gRPC or HTTP to. It reads ${shown(sender, COLLECTOR_FOLDER)}, and keeps on disk what it cannot send.`,
    'It sends home over HTTP: there a tenant over its limits is answered 429, at which senders come again. An SDK that sends by itself is told `OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`, and as endpoint the address with `/otlp`.',
    ...overGrpc(sender),
  ];
}

const SHOWN = {
  password: '`authorization=Basic%20` and the Base64 of `user:password`',
  token: '`authorization=Bearer%20` and the token',
} as const;

function overGrpc({ grpcUrl, credential, ownAuthority }: SenderPlan): readonly string[] {
  if (grpcUrl === undefined)
    return ['By gRPC there is no way in from outside: `spec.exposure.ingest.grpcHostname` is not said.'];
  const signIn =
    credential === 'certificate'
      ? '`OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE` and `OTEL_EXPORTER_OTLP_CLIENT_KEY`'
      : `\`OTEL_EXPORTER_OTLP_HEADERS\`: ${SHOWN[credential]}`;
  const authority = ownAuthority ? ', and the authority as `OTEL_EXPORTER_OTLP_CERTIFICATE`' : '';
  return [
    `By gRPC it is \`OTEL_EXPORTER_OTLP_PROTOCOL=grpc\`, \`OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl}\`, and ${signIn}${authority}. A message has 4 MiB at most. [How it is answered](../../../../docs/machines-and-senders.md#otlp-over-grpc).`,
  ];
}

/** Without a file: a single request, as an application sends it. */
function loki(sender: SenderPlan): readonly string[] {
  return [
    '## Loki push',
    'One line, as an application sends it; times are nanoseconds, and labels few:',
    shell(...lokiRequest(sender)),
  ];
}

/** A command that pushes one line, with the credential in a file of the folder that it is run in. */
function lokiRequest(sender: SenderPlan): readonly string[] {
  const { name, writer, credential, gatewayUrl, ownAuthority } = sender;
  const signIn = {
    password: `--user "${writer}:$(cat ${writer})"`,
    token: `--oauth2-bearer "$(cat ${writer})"`,
    certificate: `--cert ${writer}.crt --key ${writer}.key`,
  }[credential];
  return [
    `printf '{"streams":[{"stream":{"job":"${name}"},"values":[["%s","a first line"]]}]}' "$(date +%s)000000000" |`,
    `  curl --fail-with-body ${signIn}${ownAuthority ? ' --cacert ca.crt' : ''} \\`,
    `    --header 'Content-Type: application/json' --data-binary @- \\`,
    `    ${gatewayUrl}/loki/api/v1/push`,
  ];
}

function shown(sender: SenderPlan, folder: string): string {
  const files = filesBelow(folder, sender);
  const own = sender.credential === 'certificate' ? [files.certificate, files.key] : [files.secret];
  return [...own, ...(sender.ownAuthority ? [files.authority] : [])].map((file) => `\`${file}\``).join(', ');
}
