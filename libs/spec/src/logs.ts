import { z } from 'zod';
import type { Fault } from './fault.ts';
import type { ClusterSpec } from './schema.ts';

const earlierSchema = z.strictObject({
  from: z.iso.date().describe('Its first day; it ends where the next one begins.'),
  store: z.enum(['boltdb-shipper', 'tsdb']).describe('Its index.'),
  schema: z.enum(['v11', 'v12', 'v13']).describe('Its version.'),
  // The number of the day follows, and Loki finds it by its being the digits at the end.
  indexPrefix: z
    .string()
    .regex(
      /^[\w.-]*[A-Za-z_.-]$/,
      'the beginning of a table name: letters, digits, `_`, `.` and `-`, no digit at the end',
    )
    .max(100)
    .default('index_')
    .describe('What the names of its tables begin with.'),
  objectStore: z
    .enum(['filesystem'])
    .optional()
    .describe('filesystem: its lines are files on the volume; where `objectStorage` says unless said.'),
});

export const logs = z.strictObject({
  mode: z
    .enum(['monolithic', 'highly-available', 'distributed'])
    .optional()
    .describe('Overrules what the plan would choose.'),
  schemaFrom: z.iso
    .date()
    .default('2025-01-01')
    .describe('First day of the index schema; in the past, and never changed.'),
  earlierSchemas: z
    .array(earlierSchema)
    .max(20)
    .default([])
    .describe('Schemas of the days before schemaFrom, oldest first: by these Loki finds what was stored then.'),
});

/** Periods that do not follow each other, and files that nobody could read. */
export function logSchemas(cluster: ClusterSpec): Fault[] {
  return [...firstDay(cluster), ...order(cluster), ...files(cluster)];
}

/** The clock is not read: a date that is surely in the past for every release of this project will do. */
const SURELY_PAST = '2026-01-01';

function firstDay({ spec: { logs } }: ClusterSpec): Fault[] {
  const [first] = logs.earlierSchemas;
  // Days as YYYY-MM-DD compare as text does.
  if ((first?.from ?? logs.schemaFrom) <= SURELY_PAST) return [];
  return [
    {
      id: 'schema-in-the-future',
      path: ['spec', 'logs', ...(first === undefined ? ['schemaFrom'] : ['earlierSchemas', 0, 'from'])],
      message: 'the first day of the log schema must be in the past',
      label: `expected at most ${SURELY_PAST}`,
      help:
        first === undefined
          ? 'a future first day makes Loki refuse every line until then'
          : 'a day before the first line does no harm: there are no tables to look for',
    },
  ];
}

function order({ spec: { logs } }: ClusterSpec): Fault[] {
  const periods = [
    ...logs.earlierSchemas.map(({ from }, index) => ({ from, path: ['earlierSchemas', index, 'from'] })),
    { from: logs.schemaFrom, path: ['schemaFrom'] },
  ];
  return periods.flatMap(({ from, path }, index): Fault[] => {
    const before = periods[index - 1];
    if (before === undefined || before.from < from) return [];
    return [
      {
        id: 'schemas-unordered',
        path: ['spec', 'logs', ...path],
        message: `the schema from \`${from}\` does not begin after the one before it, from \`${before.from}\``,
        help:
          index < logs.earlierSchemas.length
            ? 'list them from the oldest to the newest'
            : 'say `schemaFrom`: the first day that is written with tsdb and v13',
      },
    ];
  });
}

function files({ spec }: ClusterSpec): Fault[] {
  const { mode, earlierSchemas } = spec.logs;
  const index = earlierSchemas.findIndex(({ objectStore }) => objectStore === 'filesystem');
  const nodes = spec.kubernetes.nodes ?? spec.kubernetes.zones.length;
  if (index < 0 || mode === 'monolithic' || (mode === undefined && nodes < 3)) return [];
  return [
    {
      id: 'earlier-files-with-replicas',
      path: ['spec', 'logs', 'earlierSchemas', index, 'objectStore'],
      message: 'files on the volume of one Loki cannot be read by another',
      help: 'say `logs: { mode: monolithic }` until their retention has passed',
    },
  ];
}
