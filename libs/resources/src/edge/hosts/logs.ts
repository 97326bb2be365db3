import type { HostGroupPlan, Plan } from '@lgtm-fleet/plan';
import { formatDuration } from '@lgtm-fleet/units';
import { clientSignIn } from '../../alloy/sign-in.ts';
import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import type { Block } from '../../alloy-syntax/print.ts';
import { HOSTNAME, shownBy } from './places.ts';

const home = reference('loki.write.home.receiver');

/** Loki cuts longer lines (limits_config.max_line_size), so the rest is not worth the way. */
const LINE = { rule: { limit: '256KiB' } } as const;
/** Lines a second that a machine sends at most, far above what one writes; the rest waits where it is. */
const PACE = { rate: 1000, burst: 20_000 } as const;
/** Loki refuses older lines (limits_config.reject_old_samples_max_age). */
const OLDEST = '168h';

/** Lines of the machine. What they are read from is the queue: while a batch waits, it is read no further. */
export function hostLogs(plan: Plan, group: HostGroupPlan): readonly Block[] {
  const blocks = [
    ...(group.os === 'linux' && group.journal ? journal(group) : []),
    ...(group.os === 'windows' ? events(group) : []),
    ...(group.files.length > 0 ? files(group) : []),
  ];
  return blocks.length === 0 ? [] : [...blocks, write(plan, group)];
}

function labelsOf(group: HostGroupPlan) {
  return { job: group.name, instance: HOSTNAME };
}

function journal(group: HostGroupPlan): readonly Block[] {
  return [
    component('loki.relabel', 'journal', {
      forward_to: [],
      rule: [
        { source_labels: ['__journal__systemd_unit'], target_label: 'unit' },
        { source_labels: ['__journal_syslog_identifier'], target_label: 'identifier' },
        { source_labels: ['__journal_priority_keyword'], target_label: 'level' },
      ],
    }),
    component(
      'loki.source.journal',
      'host',
      {
        forward_to: [reference('loki.process.journal.receiver')],
        max_age: `${String(group.bufferSeconds)}s`,
        labels: { ...labelsOf(group), source: 'journal' },
        relabel_rules: reference('loki.relabel.journal.rules'),
      },
      {
        comment: 'The journal, from where it was read last',
        comments: {
          max_age: `spec.ingest.hosts ${group.name}.buffer: ${formatDuration(group.bufferSeconds)}. Older entries are not read after a restart`,
        },
      },
    ),
    process('journal', {
      'stage.structured_metadata': { values: { unit: '', identifier: '', level: '' } },
    }),
  ];
}

function events(group: HostGroupPlan): readonly Block[] {
  if (group.eventLogs.length === 0) return [];
  const logs = [...new Set(group.eventLogs)];
  const labels = logs.map((name) => name.toLowerCase().replace(/[^a-z0-9]+/g, '_'));
  return [
    ...logs.map((name, index) => {
      const label = labels[index] ?? '';
      const before = labels.slice(0, index).filter((other) => other === label).length;
      return component('loki.source.windowsevent', `events_${label}${before === 0 ? '' : `_${String(before + 1)}`}`, {
        eventlog_name: name,
        forward_to: [reference('loki.process.events.receiver')],
        use_incoming_timestamp: true,
        labels: labelsOf(group),
      });
    }),
    process(
      'events',
      {
        'stage.json': { expressions: { level: 'levelText', source: '', event_id: '' } },
        'stage.structured_metadata': { values: { level: '', source: '', event_id: '' } },
        'stage.label_drop': { values: ['computer'] },
      },
      { 'stage.label_drop': 'It is the instance. Label channel, the name of the log, stays' },
    ),
  ];
}

function files(group: HostGroupPlan): readonly Block[] {
  return [
    component(
      'loki.source.file',
      'files',
      {
        targets: [...new Set(group.files)].map((path) => ({ __path__: path, ...labelsOf(group) })),
        forward_to: [reference('loki.process.files.receiver')],
        file_match: { enabled: true, ignore_older_than: OLDEST },
      },
      {
        comment: 'Label filename stays: lines of several files in one stream would not be in the order of their times',
        comments: { file_match: 'Loki refuses lines that are older than a week' },
      },
    ),
    process('files', {}),
  ];
}

type Stages = Omit<Parameters<typeof component<'loki.process'>>[2], 'forward_to' | 'stage.truncate' | 'stage.limit'>;

function process(label: string, stages: Stages, comments: Readonly<Record<string, string>> = {}): Block {
  return component(
    'loki.process',
    label,
    { forward_to: [home], 'stage.limit': PACE, 'stage.truncate': LINE, ...stages },
    {
      comments: {
        'stage.limit':
          'Lines beyond it wait and are not dropped, so that one machine does not use up the limit of its tenant',
        ...comments,
      },
    },
  );
}

function write(plan: Plan, group: HostGroupPlan): Block {
  return component(
    'loki.write',
    'home',
    {
      external_labels: { cluster: plan.collection.clusterLabel, ...group.labels },
      endpoint: {
        name: group.tenant,
        url: `${group.gatewayUrl}/loki/api/v1/push`,
        batch_wait: '5s',
        max_backoff_period: '30s',
        max_backoff_retries: 0,
        ...clientSignIn(shownBy(group)),
      },
    },
    {
      comments: {
        'endpoint/max_backoff_retries':
          'For ever: while a batch waits, nothing more is read. After the default of ten retries it would be dropped.',
      },
    },
  );
}
