import type { Draft, Drafted, ImportKind, Inputs } from '../../core/draft.ts';
import { namer } from '../../core/names.ts';
import { owned } from '../../hosts/pushed.ts';
import { adviceOf } from './advice.ts';
import type { AlloyContext, Where } from './context.ts';
import { destinations } from './destinations.ts';
import { readFiles } from './files.ts';
import { readLogs } from './logs/read.ts';
import { groupOf, noMachine, readMachine, withLabels } from './machine.ts';
import { readScrapes } from './metrics/scrapes.ts';
import { expanded } from './modules/expand.ts';
import type { Component } from './modules/scope.ts';
import { worldOf } from './modules/world.ts';
import { readOtel } from './otel/read.ts';
import { readSampling } from './otel/sampling.ts';
import { judgeWhole, sweep } from './sweep.ts';

/** A configuration of Alloy 1, or of Grafana Agent in flow mode; also as a text in values of a chart. */
export const alloy: ImportKind = {
  name: 'alloy',
  description:
    'config.alloy (or `.river`), or a folder that is one configuration, with what it refers to; values of the chart of Alloy, or a ConfigMap, that hold it as a text',
  read: (inputs) => {
    const world = worldOf(inputs.files, inputs.ledger);
    const configuration = readFiles(inputs, world.ledger);
    if (configuration.roots.length === 0) return { spec: {}, advice: [NOTHING] };
    return draftOf(configuration, inputs, world);
  },
};

const NOTHING =
  'no file among the inputs is a configuration of Alloy: a file `.alloy` or `.river`, or values with `alloy.configMap.content`';

function draftOf(
  { roots, charted, labels }: ReturnType<typeof readFiles>,
  { cluster }: Inputs,
  world: ReturnType<typeof worldOf>,
): Draft {
  const { ledger } = world;
  const all = expanded(roots, world);
  const isOf = (pattern: RegExp): boolean => all.components.some(({ name }) => pattern.test(name));
  const where: Where = !charted && !isOf(OF_CLUSTER) && isOf(OF_MACHINE) ? 'machine' : 'nodes';
  const name = namer();
  const group = name(groupName(roots[0]?.file ?? ''));
  judgeWhole(all, ledger);
  const ends = destinations(all.components, { ledger, where, cluster, group });
  const context: AlloyContext = {
    cluster,
    ledger,
    world,
    components: all.components,
    where,
    group,
    name,
    tenantOf: (end: Component | undefined) => (end === undefined ? undefined : ends.tenants.get(end)),
  };
  const machine = noMachine();
  const { sources, machine: ofMachine } = readScrapes(context);
  readMachine(ofMachine, machine, context);
  readLogs(machine, context);
  readOtel(machine, context);
  const sampling = readSampling(all.components, ledger);
  const real = (one: Drafted): Drafted => ({ ...one, origin: world.real(one.origin) });
  const hosts = groupOf(machine, ends.external, context);
  sweep(all, world);
  const { spec, comments, advice, ...entries } = owned([...ends.tenants.values()], {
    sources: sources.map((one) => withLabels(one, where === 'machine' ? ends.external : [])).map(real),
    hosts: hosts === undefined ? [] : [real(hosts)],
  });
  return {
    spec: { ...spec, ...(sampling !== undefined && { traces: { sampling: sampling.value } }) },
    labels: { ...labels, ...ends.labels },
    comments: {
      ...comments,
      ...Object.fromEntries(
        Object.entries(sampling?.comments ?? {}).map(([key, text]) => [`traces/sampling/tail/${key}`, text]),
      ),
    },
    ...entries,
    advice: [...adviceOf(all.components, hosts !== undefined), ...advice],
  };
}

/** What runs in a cluster of Kubernetes, and nowhere else. */
const OF_CLUSTER =
  /^(?:discovery\.kube|prometheus\.operator\.|loki\.source\.(?:kubernetes|podlogs)|otelcol\.processor\.k8sattributes|(?:mimir|loki)\.(?:rules|alerts)\.kubernetes|remote\.kubernetes\.)/;

const GENERIC = new Set(['config', 'main', 'alloy', 'agent', 'default', 'values']);

/** What is about the machine that it runs on, outside of any cluster. */
const OF_MACHINE =
  /^(?:loki\.source\.(?:file|journal|windowsevent)|prometheus\.exporter\.(?:unix|windows|process|cadvisor))$/;

function groupName(path: string): string {
  const base = path.split('/').at(-1)?.replace(/\..*$/, '') ?? '';
  return base === '' || GENERIC.has(base) ? 'machines' : base;
}
