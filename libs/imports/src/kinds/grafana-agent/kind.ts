import type { Draft, ImportKind, Inputs, YamlMap } from '../../core/draft.ts';
import { textOf } from '../../core/look.ts';
import { dnsLabel, namer } from '../../core/names.ts';
import type { SourceNode } from '../../core/node.ts';
import { pushDraft } from '../../logs/draft.ts';
import { groupName } from '../../logs/hosts.ts';
import { tenantNames } from '../../logs/tenants.ts';
import { adviceOf } from './advice.ts';
import { readAgent, tenantsIn } from './agent.ts';
import { configurations } from './files.ts';

/** A configuration of Grafana Agent in static mode, alone, or several of them in a folder. */
export const grafanaAgent: ImportKind = {
  name: 'grafana-agent',
  description:
    'agent.yaml of static mode, or a folder with one for each kind of machine, and the files that they name; flow mode is of `--as alloy`',
  read: (inputs) => {
    const found = configurations(inputs);
    if (found.length > 0) return draftOf(found, inputs);
    return { spec: {}, advice: inputs.ledger.faults().length > 0 ? [] : [NOTHING] };
  },
};

const NOTHING =
  'no file among the inputs is a configuration of Grafana Agent in static mode: `metrics`, `logs`, `traces` or `integrations` at its top';

function draftOf(roots: readonly SourceNode[], inputs: Inputs): Draft {
  const { ledger } = inputs;
  const tenants = roots.map((root) => tenantOf(root, ledger));
  const name = namer();
  const taken = new Set(tenants.map((tenant) => tenant.toLowerCase()));
  // Who signs in has a name that no tenant has.
  const writer = (wanted: string): string => name(taken.has(dnsLabel(wanted)) ? `${wanted}-machines` : wanted);
  const groups = roots.map((root) => writer(groupName(root.file, roots.length)));
  const read = roots.map((root, index) => readAgent(root, groups[index] ?? '', { ...inputs, name, writer }));
  const push = pushDraft(
    read.map(({ hosts, senders, host }, index) => ({ tenant: tenants[index] ?? '', hosts, senders, host })),
  );
  const several = new Set(tenants).size > 1;
  const sources = read.flatMap(({ sources: own }, index) =>
    own.map((one) => {
      const { name: wanted, ...rest } = one.value;
      return several ? { ...one, value: { name: wanted, tenant: tenants[index] ?? '', ...rest } } : one;
    }),
  );
  return {
    spec: { ...(Object.assign({}, ...read.map(({ spec }) => spec)) as YamlMap), ...push.spec },
    comments: push.comments,
    labels: Object.assign({}, ...read.map(({ labels }) => labels)) as Readonly<Record<string, string>>,
    sources,
    hosts: push.hosts,
    senders: push.senders,
    advice: [...adviceOf(read), ...push.advice],
  };
}

/** An agent writes as one tenant: the first that it names. */
function tenantOf(root: SourceNode, ledger: Inputs['ledger']): string {
  const said = tenantsIn(root);
  const [first = ''] = tenantNames(said.slice(0, 1).length === 0 ? [undefined] : said.slice(0, 1), ledger);
  for (const node of said.slice(1))
    if (textOf(node) === textOf(said[0])) ledger.carried(node, `tenants[${first}].name`);
    else ledger.impossible(node, `a collector writes as one tenant, and another part of this one says \`${first}\``);
  return first;
}
