import { snmpModules } from '@lgtm-fleet/spec';
import { child, itemsOf, textOf } from '../../../core/look.ts';
import { secretName } from '../../../core/names.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { acceptProbe } from '../../../scrape/targets.ts';
import { DETAIL, type Made, type ReadIntegration } from './integration.ts';

const PUBLIC = ['public_v2', 'public_v1', ''];

/** Devices that are walked alike are a source. */
export const snmp: ReadIntegration = (node, reading) => {
  const { ledger, to, source, fatal } = reading;
  judge(
    node,
    [
      [DETAIL, ['walk_params', 'config_file']],
      [
        impossible(
          'it may hold communities and passwords: what signs in at devices is a file of `snmp_exporter`, as a Secret',
        ),
        ['snmp_config'],
      ],
    ],
    ledger,
  );
  const targets = itemsOf(child(node, 'snmp_targets'));
  if (targets.length === 0) {
    fatal.push('no device of it is in the file: jobs that ask it have an entry of their own in `scrape_configs`');
    return [];
  }
  const text = (target: (typeof targets)[number], key: string): string => textOf(child(target, key)) ?? '';
  const groups = Map.groupBy(targets, (target) => `${text(target, 'module')}\n${text(target, 'auth')}`);
  return [...groups].flatMap(([group, list]): readonly Made[] => {
    const [module = '', auth = ''] = group.split('\n');
    const modules = module === '' ? ['if_mib'] : module.split(',');
    if (modules.some((one) => !snmpModules.some((known) => known === one))) {
      for (const target of list) ledger.impossible(target, 'its module is none that Alloy has');
      return [];
    }
    const accept = acceptProbe('device', ledger);
    const devices = list.flatMap((target) => {
      const address = child(target, 'address');
      ledger.changed(child(target, 'name'), `${to}.snmp`, 'label `instance` is the device');
      ledger.carried(child(target, 'module'), `${to}.snmp.modules`);
      for (const key of ['walk_params', 'snmp_context'])
        ledger.impossible(child(target, key), 'it is not said in the cluster file');
      return address === undefined ? [] : (accept(textOf(address) ?? '', address, `${to}.snmp.devices`) ?? []);
    });
    const open = PUBLIC.includes(auth);
    const key = { secret: secretName(source), key: 'snmp.yml' };
    for (const target of list) {
      const node = child(target, 'auth');
      if (node === undefined) continue;
      if (open) ledger.carried(node, 'nothing: it is so anyway');
      else
        ledger.secret(
          node,
          key,
          `${to}.snmp.auth`,
          'a file of `snmp_exporter` that has this one as `fleet` below `auths`',
        );
    }
    if (devices.length === 0) return [];
    const value = {
      devices: [...new Set(devices)],
      ...(modules.join() !== 'if_mib' && { modules }),
      ...(!open && { auth: key }),
    };
    return [{ value: { snmp: value } }];
  });
};
