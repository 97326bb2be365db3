import type { HostGroupPlan, Plan } from '@lgtm-fleet/plan';
import { OTLP_QUEUE_BYTES, placesOf } from '@lgtm-fleet/resources';
import { formatBytes, formatCount, formatDuration } from '@lgtm-fleet/units';
import { table } from '../table.ts';
import { credentialNoun, MAY, shell, whereFrom } from './credential.ts';
import { installation } from './install.ts';

const SYSTEMS = { linux: 'Linux', windows: 'Windows' } as const;

/** The page of a group of machines: what each needs, how to see that it works, and what is kept while home is away. */
export function hostPage(plan: Plan, group: HostGroupPlan): readonly string[] {
  const { name, os, count, series, logBytesPerSecond, tenant, writer, gatewayUrl } = group;
  const machines = count === 1 ? `One ${SYSTEMS[os]} machine` : `${formatCount(count)} ${SYSTEMS[os]} machines`;
  return [
    `# ${name}`,
    `${machines} outside the cluster, with [config.alloy](config.alloy): ${formatCount(series)} series and ${formatBytes(logBytesPerSecond)}/s of logs together. Pushes to \`${gatewayUrl}\` as tenant \`${tenant}\`, with what its writer \`${writer}\` shows: ${credentialNoun(group)}.`,
    `Where it comes from: [${plan.specPath}](../../../../${plan.specPath}), \`spec.ingest.hosts\`.`,
    '## The credential',
    whereFrom(plan, group),
    `${MAY} Who has lost a machine changes it, for all machines of the writer.`,
    '## Install',
    ...installation(plan, group),
    '## See that it works',
    'On the machine, Alloy says that it is ready, and which components are healthy on its page at the same address:',
    os === 'linux'
      ? shell('curl --fail http://127.0.0.1:12345/-/ready', 'journalctl --unit=alloy --since=-10min --priority=warning')
      : "```powershell\nInvoke-WebRequest -UseBasicParsing http://127.0.0.1:12345/-/ready\nGet-WinEvent -MaxEvents 20 -FilterHashtable @{ LogName = 'Application'; ProviderName = 'Alloy' }\n```",
    `In Grafana, tenant \`${tenant}\`:`,
    table(['what', 'query'], checks(plan, group)),
    '## What it sends',
    table(['signal', 'from', 'labels'], sends(plan, group)),
    `\`instance\` is the name of the host: no two machines may have the same. ${loopback(group)}`,
    `## While ${plan.cluster} cannot be reached`,
    table(['signal', 'kept', 'lost'], kept(plan, group)),
    'What the gateway refuses for good (400, 401, 403) is not kept: a wrong credential loses what is read meanwhile. What it refuses for now (429, 5xx) is.',
  ];
}

function checks({ collection }: Plan, group: HostGroupPlan): readonly (readonly string[])[] {
  const at = `cluster="${collection.clusterLabel}"`;
  const { name, count } = group;
  return [
    [`machines that send, of ${formatCount(count)}`, `\`count(up{job="${name}", ${at}} == 1)\``],
    [
      'machines that fell silent',
      `\`count(count_over_time(up{job="${name}", ${at}}[1d])) - count(up{job="${name}", ${at}})\``,
    ],
    [
      'seconds that a machine is behind',
      `\`max by (instance) (prometheus_remote_storage_queue_highest_timestamp_seconds{job="${name}/alloy"} - prometheus_remote_storage_queue_highest_sent_timestamp_seconds{job="${name}/alloy"})\``,
    ],
    [
      'lines lost in an hour',
      `\`sum by (instance) (increase(loki_write_dropped_entries_total{job="${name}/alloy"}[1h]))\``,
    ],
    ...(hasLogs(group) ? [['its logs', `\`{job="${name}", ${at}}\``]] : []),
  ];
}

function hasLogs({ os, journal, eventLogs, files }: HostGroupPlan): boolean {
  return files.length > 0 || (os === 'linux' ? journal : eventLogs.length > 0);
}

function sends({ collection }: Plan, group: HostGroupPlan): readonly (readonly string[])[] {
  const { name, os, journal, eventLogs, files, otlp, labels, intervalSeconds } = group;
  const own = ['cluster', 'job', 'instance', ...Object.keys(labels)].map((label) => `\`${label}\``).join(', ');
  const exporter = os === 'linux' ? 'the system, as node_exporter has it' : 'the system, as windows_exporter has it';
  return [
    [
      'metrics',
      `${exporter}, every ${formatDuration(intervalSeconds)}`,
      `${own}; \`job="${name}"\`, \`cluster="${collection.clusterLabel}"\``,
    ],
    ['metrics', 'Alloy itself, a dozen', `the same, \`job="${name}/alloy"\``],
    ...(os === 'linux' && journal
      ? [['logs', 'the journal', `${own}, \`source="journal"\`; unit and level as structured metadata`]]
      : []),
    ...(os === 'windows' && eventLogs.length > 0
      ? [
          [
            'logs',
            `event logs ${eventLogs.map((log) => `\`${log}\``).join(', ')}`,
            `${own}, \`channel\`; level, source and event id as structured metadata`,
          ],
        ]
      : []),
    ...(files.length > 0 ? [['logs', files.map((file) => `\`${file}\``).join(', '), `${own}, \`filename\``]] : []),
    ...(otlp
      ? [
          [
            'metrics, logs, traces',
            'applications of the machine, by OTLP to `127.0.0.1:4317` (gRPC) or `:4318` (HTTP)',
            'attributes `cluster`, `host.name` and those of the group; `service.instance.id` is the host unless the application says one',
          ],
        ]
      : []),
  ];
}

function loopback({ otlp }: HostGroupPlan): string {
  const ports = otlp ? '12345, 4317 and 4318' : '12345';
  return `Nothing listens but on loopback (${ports}), and nothing comes in: the machine calls, over TLS.`;
}

function kept(plan: Plan, group: HostGroupPlan): readonly (readonly string[])[] {
  const { bufferSeconds, walBytes, os, journal, eventLogs, files, otlp } = group;
  const { storage } = placesOf(group);
  const buffer = formatDuration(bufferSeconds);
  return [
    [
      'metrics',
      `${buffer} (\`buffer\`), on disk below \`${storage}\`: about ${formatBytes(walBytes)}. The store takes them as late as that`,
      'in a longer outage the oldest two thirds at once; in a restart of Alloy or the machine meanwhile, all that was not sent',
    ],
    ...(os === 'linux' && journal
      ? [['the journal', `where it is, as long as journald keeps it; after a restart the last ${buffer}`, IN_FLIGHT]]
      : []),
    ...(os === 'windows' && eventLogs.length > 0
      ? [
          [
            'event logs',
            'where they are, until Windows writes over them; a bookmark says how far they were sent',
            IN_FLIGHT,
          ],
        ]
      : []),
    ...(files.length > 0
      ? [
          [
            'files',
            'where they are, until they are rotated away; the position says how far they were sent',
            `${IN_FLIGHT}; lines older than a week, which the store refuses`,
          ],
        ]
      : []),
    ...(otlp
      ? [
          [
            'OTLP',
            `in memory, ${formatBytes(OTLP_QUEUE_BYTES)} of each signal; then applications are refused, and try again for as long as they do. A queue on disk is no generally available part of Alloy ${plan.releases.alloy.version}`,
            'in a restart of Alloy, all that waited',
          ],
        ]
      : []),
  ];
}

/** loki.write hands a batch on when it is sent, and positions are saved when it is read. */
const IN_FLIGHT = 'in a crash, what was read and not sent: up to 10 MiB';
