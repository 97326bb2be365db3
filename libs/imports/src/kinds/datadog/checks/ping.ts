import { child, textOf } from '../../../core/look.ts';
import { judge } from '../../../core/verdicts.ts';
import { acceptProbe } from '../../../scrape/targets.ts';
import type { Check } from './check.ts';
import { MEASURED } from './measured.ts';

/** The check `ping` of Datadog's extras. */
export const ping: Check = {
  alike: ['name', 'host'],
  read: (instances, reading) => {
    const { ledger, to, fatal } = reading;
    const accept = acceptProbe('icmp', ledger);
    const hosts = instances.flatMap((instance) => {
      const node = child(instance, 'host');
      return node === undefined ? [] : (accept(textOf(node) ?? '', node, `${to}.blackbox.icmp`) ?? []);
    });
    for (const instance of instances) judge(instance, [[MEASURED, ['collect_response_time']]], ledger);
    if (hosts.length === 0) fatal.push('no host of it can be asked');
    return fatal.length > 0 ? undefined : { value: { blackbox: { icmp: { hosts: [...new Set(hosts)] } } } };
  },
};
