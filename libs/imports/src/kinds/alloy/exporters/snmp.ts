import { visible } from '@lgtm-fleet/diagnostics';
import { snmpModules } from '@lgtm-fleet/spec';
import { child, textOf } from '../../../core/look.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { blocksOf } from '../syntax/nodes.ts';
import { acceptProbe } from '../../../scrape/targets.ts';
import { secretOf, type Exported, type ReadExporter } from './exporter.ts';
import { alike, moduleIn, probedBy, textIn } from './probed.ts';

const PUBLIC = new Set(['', 'public_v2', 'public_v1']);
const FILE = 'a file of `snmp_exporter` that has this one as `fleet` below `auths`';

export const snmp: ReadExporter = (node, reading) => {
  const { ledger, to, fatal } = reading;
  const config = child(node, 'config') ?? child(node, 'config_file');
  for (const block of blocksOf(node, 'walk_param')) ledger.impossible(block, WALK);
  judge(node, [[impossible(WALK), ['concurrency']]], ledger);
  ledger.changed(
    child(node, 'config_merge_strategy'),
    `${to}.snmp.auth`,
    'a file of yours is laid beside what Alloy has built in',
  );
  ledger.impossible(config, 'modules of your own are not walked: `modules` are those that Alloy has built in');
  const groups = alike(
    probedBy(node, reading),
    ({ node: one }) => `${textIn(child(one, 'module'))} ${textIn(child(one, 'auth'))}`,
  );
  const exported = groups.flatMap((group): readonly Exported[] => {
    const [first] = group;
    if (first === undefined) return [];
    const modules = textIn(moduleIn(first))
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const strange = modules.filter((name) => !snmpModules.some((known) => known === name));
    const soft = ['walk_params', 'snmp_context'];
    for (const { node: one } of group) judge(one, [[impossible(WALK), soft]], ledger);
    if (strange.length > 0) {
      for (const { node: one } of group)
        ledger.impossible(
          one,
          `the modules that Alloy has do not include ${strange.map((name) => `\`${visible(name)}\``).join(', ')}`,
        );
      return [];
    }
    for (const one of group) ledger.carried(moduleIn(one), `${to}.snmp.modules`);
    const accept = acceptProbe('device', ledger);
    const devices = group.flatMap(({ address }) => accept(textIn(address).trim(), address, `${to}.snmp.devices`) ?? []);
    const auth = child(first.node, 'auth');
    const isPublic = PUBLIC.has(textOf(auth) ?? '');
    for (const { node: one } of group) if (isPublic) ledger.carried(child(one, 'auth'), 'nothing: it is so anyway');
    const key = auth === undefined || isPublic ? undefined : secretOf(auth, 'snmp.yml', 'snmp.auth', FILE, reading);
    for (const { node: one } of group.slice(1))
      if (key !== undefined)
        ledger.changed(child(one, 'auth'), `${to}.snmp.auth`, 'the same for all devices of a source');
    if (devices.length === 0) return [];
    return [
      {
        value: {
          snmp: {
            devices: [...new Set(devices)],
            ...(modules.length > 0 && modules.join() !== 'if_mib' && { modules }),
            ...(key !== undefined && { auth: key }),
          },
        },
        labels: first.labels,
        origin: first.node,
      },
    ];
  });
  if (exported.length === 0) fatal.push('no device of it is left');
  return exported;
};

const WALK = 'how devices are walked is the same for all';
