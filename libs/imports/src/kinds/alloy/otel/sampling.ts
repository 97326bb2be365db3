import type { YamlMap } from '../../../core/draft.ts';
import { fit } from '../../../core/durations.ts';
import type { Ledger } from '../../../core/ledger.ts';
import { child, numberOf, textOf, textsOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { whyRefused } from '../../../core/trial.ts';
import { changedTo, judge } from '../../../core/verdicts.ts';
import type { Component } from '../modules/scope.ts';
import { blocksOf, type BlockNode } from '../syntax/nodes.ts';

const TO = 'traces.sampling';
const OTHERWISE =
  'traces are kept by an error in them, by how long they took, and at random: else by hand, with a policy of `otelcol.processor.tail_sampling.policies` in a patch of its configuration';

export interface Sampling {
  readonly value: YamlMap;
  readonly comments: Readonly<Record<string, string>>;
}

/** What the samplers of a configuration are in the cluster file; nothing where there are none. */
export function readSampling(components: readonly Component[], ledger: Ledger): Sampling | undefined {
  const heads = components.filter(({ name }) => name === 'otelcol.processor.probabilistic_sampler');
  const tails = components.filter(({ name }) => name === 'otelcol.processor.tail_sampling');
  const head = heads.map(({ node }) => headOf(node, ledger)).find((percent) => percent !== undefined);
  const tail = tails.map(({ node }) => tailOf(node, ledger)).find((read) => read !== undefined);
  for (const { node } of tails.slice(1))
    ledger.impossible(node, 'there is one sampler of whole traces, for all of them');
  const value = { ...(head !== undefined && { head }), ...(tail !== undefined && { tail: tail.value }) };
  if (Object.keys(value).length === 0) return undefined;
  const why = whyRefused({ traces: { sampling: value } });
  if (why === undefined) return { value, comments: tail?.comments ?? {} };
  for (const { node } of [...heads, ...tails])
    ledger.impossible(node, `the cluster file cannot say it: ${why}. Say \`${TO}\` by hand`);
  return undefined;
}

const SAME_EVERYWHERE = changedTo('alloy-gateway', 'traces are chosen by their id, alike in every replica');

function headOf(node: BlockNode, ledger: Ledger): string | undefined {
  const said = child(node, 'sampling_percentage');
  const percent = numberOf(said);
  judge(
    node,
    [[SAME_EVERYWHERE, ['hash_seed', 'mode', 'fail_closed', 'sampling_precision', 'sampling_priority']]],
    ledger,
  );
  for (const key of ['attribute_source', 'from_attribute'])
    ledger.impossible(child(node, key), 'traces are chosen by their id: lines and metrics are all kept');
  if (percent === undefined) return undefined;
  ledger.carried(said, `${TO}.head`);
  return `${Math.min(100, percent)}%`;
}

interface Tail {
  readonly value: YamlMap;
  readonly comments: Readonly<Record<string, string>>;
}

const SIZES = changedTo(
  'alloy-gateway',
  'how many traces are held, and for how long their fate is known, follows from the plan',
);

function tailOf(node: BlockNode, ledger: Ledger): Tail | undefined {
  const wait = child(node, 'decision_wait');
  const fitted = fit(textOf(wait), 1, 300);
  if (fitted?.how === undefined) ledger.carried(fitted === undefined ? undefined : wait, `${TO}.tail.decisionWait`);
  else ledger.changed(wait, `${TO}.tail.decisionWait`, fitted.how);
  judge(
    node,
    [
      [
        SIZES,
        [
          ...['num_traces', 'expected_new_traces_per_sec', 'decision_cache', 'block_on_overflow'],
          ...['decision_wait_after_root_received', 'sample_on_first_match', 'drop_pending_traces_on_shutdown'],
          'maximum_trace_size_bytes',
        ],
      ],
    ],
    ledger,
  );
  const policies = blocksOf(node, 'policy').map((policy) => policyOf(policy, ledger));
  const errors = policies.some((policy) => policy.kind === 'errors');
  const slow = policies.flatMap((policy) => (policy.kind === 'slow' ? [policy.seconds] : []));
  const shares = policies.flatMap((policy) => (policy.kind === 'share' ? [policy.percent] : []));
  const [slowest] = slow.toSorted((left, right) => left - right);
  return {
    value: {
      decisionWait: fitted?.text ?? '30s',
      ...(!errors && { keepErrors: false }),
      keepSlowerThan: slowest === undefined ? '1h' : `${slowest}s`,
      baseline: `${Math.max(0, ...shares)}%`,
    },
    comments: {
      ...(slowest === undefined && {
        keepSlowerThan: 'No policy keeps traces that took long: this is the longest that can be said',
      }),
      ...(shares.length === 0 && { baseline: 'No policy keeps any at random' }),
    },
  };
}

type Policy =
  | { readonly kind: 'errors' | 'other' }
  | { readonly kind: 'slow'; readonly seconds: number }
  | { readonly kind: 'share'; readonly percent: number };

function policyOf(policy: BlockNode, ledger: Ledger): Policy {
  const type = textOf(child(policy, 'type')) ?? '';
  const at = `${TO}.tail`;
  const settings: SourceNode | undefined = child(policy, type);
  const refused = (): Policy => {
    ledger.impossible(policy, OTHERWISE);
    return { kind: 'other' };
  };
  switch (type) {
    case 'status_code': {
      const codes = textsOf(child(settings, 'status_codes'));
      if (!codes.includes('ERROR')) return refused();
      if (codes.length === 1) ledger.carried(policy, `${at}.keepErrors`);
      else ledger.changed(policy, `${at}.keepErrors`, 'traces with an error are kept, and of all others a part');
      return { kind: 'errors' };
    }
    case 'latency': {
      const least = numberOf(child(settings, 'threshold_ms'));
      if (least === undefined) return refused();
      ledger.carried(policy, `${at}.keepSlowerThan`);
      ledger.impossible(child(settings, 'upper_threshold_ms'), 'every trace that took longer is kept');
      return { kind: 'slow', seconds: least / 1000 };
    }
    case 'probabilistic': {
      const percent = numberOf(child(settings, 'sampling_percentage'));
      if (percent === undefined) return refused();
      ledger.carried(policy, `${at}.baseline`);
      ledger.changed(child(settings, 'hash_salt'), at, 'traces are chosen by their id, alike in every replica');
      return { kind: 'share', percent: Math.min(100, percent) };
    }
    case 'always_sample':
      ledger.changed(policy, `${at}.baseline`, 'all that no other policy keeps: `100%`');
      return { kind: 'share', percent: 100 };
    default:
      return refused();
  }
}
