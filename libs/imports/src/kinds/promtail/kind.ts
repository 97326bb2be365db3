import type { Draft, ImportKind, Inputs } from '../../core/draft.ts';
import { child, itemsOf } from '../../core/look.ts';
import { namer } from '../../core/names.ts';
import type { SourceNode } from '../../core/node.ts';
import { filesAt } from '../../core/paths.ts';
import { chartTenant, readPromtailChart } from '../../logs/chart.ts';
import { clientsOf, tenantOf } from '../../logs/clients.ts';
import type { LogContext } from '../../logs/context.ts';
import { pushDraft, type Pushed } from '../../logs/draft.ts';
import { groupName, hostOf } from '../../logs/hosts.ts';
import { osOf, placeOf, readLogs, type LogsRead } from '../../logs/read.ts';
import { readSettings } from '../../logs/settings.ts';
import { tenantNames } from '../../logs/tenants.ts';
import { adviceOf } from './advice.ts';
import { configurations, isChart } from './files.ts';

/** A configuration of Promtail 2 or 3, alone, or several of them in a folder, one for each kind of machine. */
export const promtail: ImportKind = {
  name: 'promtail',
  description:
    'promtail.yaml, or a folder with one for each kind of machine, and the files of targets that they name; or values of its chart',
  read: (inputs) => {
    const found = configurations(inputs);
    if (found.length > 0) return draftOf(found, inputs);
    return { spec: {}, advice: inputs.ledger.faults().length > 0 ? [] : [NOTHING] };
  },
};

const NOTHING =
  'no file among the inputs is a configuration of Promtail, `scrape_configs` and `clients` at its top, or values of its chart';

function draftOf(roots: readonly SourceNode[], { cluster, files, ledger }: Inputs): Draft {
  const tenants = tenantNames(
    roots.map((root) => (isChart(root) ? chartTenant(root) : tenantOf(clientsOf(root)))),
    ledger,
  );
  const name = namer();
  // A group signs in by its name, and nobody has that of another.
  for (const tenant of tenants) name(tenant);
  const read = roots.map((root): LogsRead & { readonly context: LogContext } => {
    const jobs = itemsOf(child(root, 'scrape_configs'));
    const chart = isChart(root);
    const context: LogContext = {
      ledger,
      cluster,
      place: chart ? 'nodes' : placeOf(jobs),
      os: osOf(jobs),
      group: name(groupName(root.file, roots.length)),
      writer: name,
      filesAt: (pattern) => filesAt(files, root.file, pattern),
    };
    if (chart) return { ...readPromtailChart(root, context), context };
    readSettings(root, context);
    return { ...readLogs([root], context), context };
  });
  const pushed = read.map(({ machine, senders, host, context }, index): Pushed => {
    const origin = child(roots[index], 'scrape_configs') ?? roots[index];
    return {
      tenant: tenants[index] ?? '',
      hosts: machine === undefined || origin === undefined ? [] : [hostOf(machine, origin, context)],
      senders,
      host,
    };
  });
  const { spec, comments, hosts, senders, advice } = pushDraft(pushed);
  return {
    spec,
    comments,
    labels: Object.assign({}, ...read.map(({ labels }) => labels)) as Readonly<Record<string, string>>,
    hosts,
    senders,
    advice: [
      ...adviceOf(
        read.some(({ context }) => context.place === 'nodes'),
        hosts.length > 0,
      ),
      ...advice,
    ],
  };
}
