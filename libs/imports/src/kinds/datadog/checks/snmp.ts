import { type snmpModules } from '@lgtm-fleet/spec';
import type { YamlMap } from '../../../core/draft.ts';
import { child, textOf } from '../../../core/look.ts';
import type { MapNode } from '../../../core/node.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import { acceptProbe } from '../../../scrape/targets.ts';
import type { Check, CheckReading } from './check.ts';
import { secretOf } from './client.ts';

/** Vendors that Datadog's profiles begin with, and the module of snmp_exporter that walks the same devices. */
const VENDORS: readonly (readonly [pattern: RegExp, module: (typeof snmpModules)[number]])[] = [
  [/cisco/, 'cisco_device'],
  [/arista/, 'arista_sw'],
  [/juniper/, 'juniper'],
  [/palo-?alto/, 'paloalto_fw'],
  [/apc/, 'apcups'],
  [/synology/, 'synology'],
  [/mikrotik/, 'mikrotik'],
  [/printer/, 'printer_mib'],
  [/dell/, 'dell'],
];

const SIGN_IN = ['community_string', 'user', 'authKey', 'privKey'];
const NAMES = ['authProtocol', 'privProtocol', 'context_name', 'context_engine_id', 'snmp_version'];

export const snmp: Check = {
  alike: ['ip_address', 'name'],
  read: (instances, reading) => {
    const { ledger, to, fatal, refused } = reading;
    const accept = acceptProbe('device', ledger);
    const [first] = instances;
    for (const instance of instances)
      if (child(instance, 'network_address') !== undefined)
        fatal.push(
          'a network is not searched: name its devices in `devices`, or run a list of them as a source of kind `http` with your own exporter',
        );
    const devices = instances.flatMap((instance) => {
      const node = child(instance, 'ip_address');
      const device = node === undefined ? undefined : accept(textOf(node) ?? '', node, `${to}.snmp.devices`);
      if (device === undefined) refused.set(instance, 'it names no device that can be asked');
      return device ?? [];
    });
    if (first === undefined || devices.length === 0 || fatal.length > 0) return undefined;
    const reached = instances.filter((instance) => !refused.has(instance));
    const [auth] = reached.map((instance) => authOf(instance, reading));
    const [modules] = reached.map((instance) => modulesOf(instance, reading));
    for (const instance of instances) aside(instance, reading);
    return {
      value: {
        snmp: {
          devices: [...new Set(devices)],
          ...(modules !== undefined && { modules }),
          ...(auth !== undefined && { auth }),
        },
      },
    };
  },
};

function authOf(instance: MapNode, reading: CheckReading): YamlMap | undefined {
  const { ledger, to } = reading;
  const community = textOf(child(instance, 'community_string'));
  const version = textOf(child(instance, 'snmp_version')) ?? '2';
  const said = [...SIGN_IN, ...NAMES].flatMap((key) => child(instance, key) ?? []);
  const isPublic = (community ?? 'public') === 'public' && version === '2' && child(instance, 'user') === undefined;
  if (isPublic) {
    for (const node of said) ledger.carried(node, 'nothing: it is so anyway');
    return undefined;
  }
  const [first, ...others] = SIGN_IN.flatMap((key) => child(instance, key) ?? []);
  const what = 'a file of `snmp_exporter` with what devices are shown, as `fleet` below `auths`';
  for (const node of [...others, ...NAMES.flatMap((key) => child(instance, key) ?? [])])
    ledger.changed(node, `${to}.snmp.auth`, 'it stands in the file that is the secret');
  return secretOf(first ?? said[0] ?? instance, 'snmp.yml', 'snmp.auth', what, reading);
}

/** The interfaces of every device, and what its vendor has. */
function modulesOf(instance: MapNode, { ledger, to }: CheckReading): readonly string[] | undefined {
  const profile = child(instance, 'profile');
  const name = textOf(profile)?.toLowerCase();
  if (name === undefined) return undefined;
  const module = VENDORS.find(([pattern]) => pattern.test(name))?.[1];
  if (module === undefined) {
    ledger.impossible(
      profile,
      'no module of snmp_exporter is known for this profile: see `modules` of the source; interfaces are walked',
    );
    return undefined;
  }
  ledger.changed(
    profile,
    `${to}.snmp.modules`,
    `the module \`${module}\` walks devices of this vendor, under other names`,
  );
  return ['if_mib', module];
}

function aside(instance: MapNode, { ledger }: CheckReading): void {
  judge(
    instance,
    [
      [
        impossible('what is walked are the modules that Alloy has built in: `modules` of the source'),
        [
          'metrics',
          'metric_tags',
          'profiles',
          'mibs_folder',
          'interface_configs',
          'bulk_threshold',
          'collect_topology',
          'collect_device_metadata',
          'use_device_id_as_hostname',
        ],
      ],
      [impossible('devices are asked at UDP port 161'), ['port']],
      [
        changedTo('the collector', 'Alloy decides how it asks'),
        ['retries', 'oid_batch_size', 'bulk_max_repetitions', 'enforce_mib_constraints', 'refresh_oids_cache_interval'],
      ],
      [
        impossible('a network is not searched'),
        ['network_address', 'discovery_interval', 'discovery_allowed_failures', 'ignored_ip_addresses', 'workers'],
      ],
    ],
    ledger,
  );
}
