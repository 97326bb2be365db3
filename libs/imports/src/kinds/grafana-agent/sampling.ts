import type { YamlMap } from '../../core/draft.ts';
import { fit } from '../../core/durations.ts';
import { child, entriesOf, itemsOf, numberOf, textOf, textsOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import type { AgentContext } from './context.ts';

/** As long as a trace can be: what is kept because it took longer is nothing. */
const NEVER = '1h';

interface Policies {
  errors: boolean;
  slow: string | undefined;
  baseline: number | undefined;
}

/** Which traces are kept, decided when they are whole. Gives `traces.sampling`. */
export function readSampling(tail: SourceNode | undefined, { ledger, place }: AgentContext): YamlMap | undefined {
  if (tail === undefined) return undefined;
  if (place === 'machine') {
    ledger.impossible(
      tail,
      'what machines send is kept as it is; what pods of the cluster send is sampled, by `traces.sampling`. Else by hand, with `otelcol.processor.tail_sampling`',
    );
    return undefined;
  }
  const to = 'traces.sampling.tail';
  for (const key of ['num_traces', 'expected_new_traces_per_sec'])
    ledger.changed(child(tail, key), to, 'how many traces are waited for follows from the load');
  const wait = child(tail, 'decision_wait');
  const fitted = fit(textOf(wait), 1, 300);
  if (fitted?.how === undefined) ledger.carried(fitted === undefined ? undefined : wait, `${to}.decisionWait`);
  else ledger.changed(wait, `${to}.decisionWait`, fitted.how);
  const found: Policies = { errors: false, slow: undefined, baseline: undefined };
  for (const policy of itemsOf(child(tail, 'policies'))) readPolicy(policy, found, { ledger, to });
  return {
    tail: {
      ...(fitted !== undefined && { decisionWait: fitted.text }),
      ...(!found.errors && { keepErrors: false }),
      keepSlowerThan: found.slow ?? NEVER,
      baseline: `${found.baseline ?? 0}%`,
    },
  };
}

interface PolicyContext extends Pick<AgentContext, 'ledger'> {
  readonly to: string;
}

function readPolicy(policy: SourceNode, found: Policies, { ledger, to }: PolicyContext): void {
  const type = textOf(child(policy, 'type')) ?? '';
  const own = child(policy, type);
  switch (type) {
    case 'status_code': {
      const codes = textsOf(child(own, 'status_codes')).map((code) => code.toUpperCase());
      if (codes.join() !== 'ERROR') break;
      found.errors = true;
      ledger.carried(policy, `${to}.keepErrors`);
      return;
    }
    case 'latency': {
      const threshold = numberOf(child(own, 'threshold_ms'));
      const fitted = threshold === undefined ? undefined : fit(`${threshold}ms`, 0, 3600);
      if (threshold === undefined || fitted === undefined || threshold < 10 || found.slow !== undefined) break;
      found.slow = threshold % 1000 === 0 ? fitted.text : `${threshold / 1000}s`;
      ledger.carried(policy, `${to}.keepSlowerThan`);
      return;
    }
    case 'probabilistic': {
      const part = numberOf(child(own, 'sampling_percentage'));
      if (part === undefined || part < 0 || part > 100 || found.baseline !== undefined) break;
      found.baseline = part;
      for (const [key, node] of entriesOf(policy)) if (key !== type) ledger.carried(node, `${to}.baseline`);
      ledger.carried(child(own, 'sampling_percentage'), `${to}.baseline`);
      ledger.changed(child(own, 'hash_salt'), `${to}.baseline`, 'all pods of the stack decide alike');
      return;
    }
    case 'always_sample':
      found.baseline = 100;
      ledger.carried(policy, `${to}.baseline`);
      return;
    default:
  }
  ledger.impossible(
    policy,
    'traces are kept for an error, for how long they took, and a part of all others: another reason is said by hand, with `otelcol.processor.tail_sampling` in a patch below `clusters/<name>/patches/alloy-gateway`',
  );
}
