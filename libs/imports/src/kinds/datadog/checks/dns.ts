import { child, textOf } from '../../../core/look.ts';
import type { Check } from './check.ts';
import { serverOf } from './server.ts';

const TYPES = new Set(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT']);

export const dnsCheck: Check = {
  alike: ['name', 'nameserver', 'nameserver_port'],
  read: (instances, reading) => {
    const { ledger, to, fatal } = reading;
    const [first] = instances;
    const at = `${to}.blackbox.dns`;
    const keys = { host: ['nameserver'], port: 53, portKey: 'nameserver_port', at: 'blackbox.dns' };
    const servers = instances.flatMap((instance) => serverOf(instance, keys, reading) ?? []);
    const query = textOf(child(first, 'hostname'))?.replace(/\.$/, '');
    const type = (textOf(child(first, 'record_type')) ?? 'A').toUpperCase();
    if (!TYPES.has(type)) fatal.push(`a probe asks for no records of type \`${type.slice(0, 12)}\``);
    for (const instance of instances) {
      ledger.carried(child(instance, 'hostname'), `${at}.query`);
      ledger.carried(child(instance, 'record_type'), `${at}.type`);
      ledger.impossible(child(instance, 'resolves_as'), 'a probe says whether there was an answer, and not which one');
    }
    return fatal.length > 0 || query === undefined || servers.length === 0
      ? undefined
      : { value: { blackbox: { dns: { servers: [...new Set(servers)], query, ...(type !== 'A' && { type }) } } } };
  },
};
