import { parseAlloy, type Block } from '@lgtm-fleet/alloy';
import { bodyOf, type Body, type Environment, type Value } from './values.ts';

type Part = Readonly<Record<string, Value>>;

/**
 * The scrapes and remote writes of a generated file of Alloy for a Prometheus agent, where Alloy cannot run: the same
 * targets, rules and tenants, for both have the same words. What ServiceMonitors and PodMonitors name is left out. It
 * shows that the rules give the labels that they should; not that Alloy reads its file.
 * @throws Error where the file has what an agent has not
 */
export function agentOf(source: string, environment: Environment): Part {
  const { file } = parseAlloy(source);
  const blocks = file.body.flatMap((one) => (one.kind === 'block' ? [one] : []));
  const named = new Map(blocks.map((block) => [`${block.name.name}.${block.label?.name ?? ''}`, block]));
  const read = (name: string): Body => {
    const block = named.get(name);
    if (block === undefined) throw new Error(`the file has no ${name}`);
    return bodyOf(block, environment);
  };
  const [write] = of(blocks, 'prometheus.remote_write').map((block) => bodyOf(block, environment));
  if (write === undefined) throw new Error('the file writes no metrics');
  return {
    global: { external_labels: write.attributes['external_labels'] ?? {} },
    scrape_configs: of(blocks, 'prometheus.scrape').map((block) =>
      scrape(block.label?.name ?? '', bodyOf(block, environment), read),
    ),
    remote_write: (write.blocks['endpoint'] ?? []).map(endpoint),
  };
}

const of = (blocks: readonly Block[], name: string): readonly Block[] => blocks.filter((one) => one.name.name === name);

function scrape(name: string, { attributes, blocks }: Body, read: (name: string) => Body): Part {
  const { targets, forward_to: receivers, bearer_token_file: token, ...own } = attributes;
  const { discovery, rules } = found(targets ?? [], read);
  const [receiver = ''] = (receivers ?? []) as readonly string[];
  const [tls] = blocks['tls_config'] ?? [];
  return {
    job_name: name,
    ...own,
    ...(token !== undefined && { authorization: { credentials_file: token } }),
    ...(tls !== undefined && { tls_config: tls.attributes }),
    ...discovery,
    relabel_configs: rules,
    metric_relabel_configs: receiver.startsWith('prometheus.relabel.') ? rulesOf(read(componentOf(receiver))) : [],
  };
}

/** Whom a scrape asks: targets that stand there, or the pods behind the rules before it. */
function found(targets: Value, read: (name: string) => Body): { discovery: Part; rules: readonly Part[] } {
  if (typeof targets !== 'string') {
    const all = targets as readonly Readonly<Record<string, string>>[];
    return {
      discovery: {
        static_configs: all.map(({ __address__: address = '', ...labels }) => ({ targets: [address], labels })),
      },
      rules: [],
    };
  }
  const body = read(componentOf(targets));
  if (targets.startsWith('discovery.kubernetes.')) {
    const selectors = (body.blocks['selectors'] ?? []).map(({ attributes }) => attributes);
    return { discovery: { kubernetes_sd_configs: [{ ...body.attributes, selectors }] }, rules: [] };
  }
  const before = found(body.attributes['targets'] ?? [], read);
  return { discovery: before.discovery, rules: [...before.rules, ...rulesOf(body)] };
}

/** `discovery.relabel.pods` of `discovery.relabel.pods.output`. */
function componentOf(reference: string): string {
  return reference.slice(0, reference.lastIndexOf('.'));
}

function rulesOf({ blocks }: Body): readonly Part[] {
  return (blocks['rule'] ?? []).map(({ attributes }) => attributes);
}

/** Blocks that Prometheus has under the same names. */
const SIGN_IN = ['basic_auth', 'authorization', 'tls_config', 'queue_config'] as const;

function endpoint({ attributes, blocks }: Body): Part {
  return {
    ...attributes,
    ...Object.fromEntries(
      SIGN_IN.flatMap((name) => (blocks[name] ?? []).map(({ attributes: inner }) => [name, inner] as const)),
    ),
    write_relabel_configs: (blocks['write_relabel_config'] ?? []).map(({ attributes: rule }) => rule),
  };
}
