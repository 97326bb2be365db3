import type { Drafted, YamlMap } from '../../../core/draft.ts';
import type { Ledger } from '../../../core/ledger.ts';
import { child, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';

const HIDDEN = [
  ['__scheme__', 'scheme'],
  ['__metrics_path__', 'path'],
] as const;

/** Labels that say how a target is asked have keys of their own in the cluster file. */
export function tidied(one: Drafted): Drafted {
  const { labels, static: fixed, ...rest } = one.value;
  if (!isMap(labels) || !isMap(fixed)) return one;
  const said = HIDDEN.flatMap(([label, key]) => (labels[label] === undefined ? [] : [[key, labels[label]] as const]));
  const others = Object.entries(labels).filter(([label]) => !HIDDEN.some(([hidden]) => hidden === label));
  if (said.length === 0) return one;
  const { name, job, ...common } = rest;
  return {
    ...one,
    value: {
      name,
      ...(job !== undefined && { job }),
      ...(others.length > 0 && { labels: Object.fromEntries(others) }),
      ...common,
      static: { ...fixed, ...Object.fromEntries(said) },
    },
  };
}

function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of Azure is asked for as a managed identity: that of before is the first guess. */
export function withIdentity(one: Drafted, job: SourceNode, ledger: Ledger): Drafted {
  const { azure } = one.value;
  const identity = child(job, 'azure_sd_configs', 0, 'client_id');
  const text = textOf(identity);
  if (!isMap(azure) || text === undefined || child(job, 'azure_sd_configs', 0, 'client_secret') !== undefined)
    return one;
  ledger.carried(identity, `ingest.sources[${one.value.name}].azure.clientId`);
  return {
    ...one,
    value: { ...one.value, azure: { ...azure, clientId: text } },
    open: [
      {
        at: 'azure/clientId',
        question: 'whether this is a managed identity of the nodes of this cluster, with the role Reader',
      },
    ],
  };
}
