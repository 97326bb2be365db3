import { child, entriesOf, itemsOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { judge } from '../../../core/verdicts.ts';
import { moduleOf, shipped } from '../../../scrape/modules.ts';
import { acceptProbe } from '../../../scrape/targets.ts';
import { DETAIL, type Made, type ReadIntegration } from './integration.ts';

const NAMED = { http: 'urls', tcp: 'addresses', icmp: 'hosts', dns: 'servers' } as const;

/** Targets of a module are a source. */
export const blackbox: ReadIntegration = (node, reading) => {
  const { ledger, to, fatal, modules } = reading;
  judge(node, [[DETAIL, ['config_file', 'probe_timeout_offset']]], ledger);
  const inside = new Map(entriesOf(child(node, 'blackbox_config', 'modules')));
  for (const [, module] of inside) ledger.carried(module, 'nothing: no target uses this module');
  const targets = itemsOf(child(node, 'blackbox_targets'));
  if (targets.length === 0) {
    fatal.push('no target of it is in the file: jobs that ask it have an entry of their own in `scrape_configs`');
    return [];
  }
  const groups = Map.groupBy(targets, (target) => textOf(child(target, 'module')) ?? 'http_2xx');
  return [...groups].flatMap(([name, list]): readonly Made[] => {
    const module = inside.get(name) ?? modules?.get(name);
    const faults: string[] = [];
    const probe = module === undefined ? shipped(name) : moduleOf(module, { ledger, to, fatal: faults });
    if (module !== undefined && faults.length > 0) ledger.impossible(module, faults.join('; '));
    const why =
      faults.length > 0 ? faults.join('; ') : probe === undefined ? 'its module is not in the file' : undefined;
    if (probe === undefined || why !== undefined) {
      for (const target of list) ledger.impossible(target, why ?? '');
      return [];
    }
    const accept = acceptProbe(probe.kind, ledger);
    const probed = list.flatMap((target) => probedOf(target, accept, `${to}.blackbox.${probe.kind}`, reading) ?? []);
    if (probed.length === 0) return [];
    const value = { [probe.kind]: { [NAMED[probe.kind]]: [...new Set(probed)], ...probe.value } };
    return [{ value: { ...(probe.timeout !== undefined && { timeout: probe.timeout }), blackbox: value } }];
  });
};

function probedOf(
  target: SourceNode,
  accept: ReturnType<typeof acceptProbe>,
  to: string,
  { ledger }: Parameters<ReadIntegration>[1],
): string | undefined {
  const address = child(target, 'address');
  if (address === undefined) {
    ledger.impossible(target, 'it has no `address`');
    return undefined;
  }
  ledger.changed(child(target, 'name'), to, 'label `instance` is what is probed');
  ledger.carried(child(target, 'module'), to);
  return accept(textOf(address) ?? '', address, to);
}
