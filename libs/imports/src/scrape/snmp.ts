import { child, entriesOf, itemsOf, textOf, textsOf } from '../core/look.ts';
import { secretName } from '../core/names.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading } from './context.ts';
import type { Probing } from './probe.ts';

/** Devices are hosts without a port. */
export const SNMP_PORTLESS = 'device';

const MODULES = ['if_mib', 'hrSystem', 'hrStorage', 'ucd_la_table', 'system'];
const PUBLIC = ['public_v2', 'public_v1'];

/** A job that asks snmp_exporter for devices. */
export function snmpOf(job: SourceNode, { ledger, to, source, fatal }: Reading): Probing | undefined {
  const params = child(job, 'params');
  const list = child(params, 'module');
  const modules = textsOf(list).flatMap((text) => text.split(','));
  const [module = 'if_mib', ...others] = modules;
  if (others.length > 0) fatal.push('several modules are walked: make a source for each');
  if (!MODULES.includes(module))
    fatal.push(`its module is none that Alloy has: ${MODULES.map((one) => `\`${one}\``).join(', ')}`);
  const unknown = entriesOf(params).flatMap(([key]) =>
    ['module', 'auth', 'target'].includes(key) ? [] : [`\`${key}\``],
  );
  if (unknown.length > 0) fatal.push(`\`snmp_exporter\` gets the parameters ${unknown.join(', ')}`);
  ledger.carried(list, `${to}.snmp.module`);
  ledger.changed(
    child(job, 'metrics_path'),
    `${to}.snmp`,
    'the collector walks devices by itself, without an exporter',
  );
  const written = child(params, 'auth');
  const auth = textOf(itemsOf(written)[0] ?? written);
  const isPublic = auth === undefined || PUBLIC.includes(auth);
  if (isPublic) ledger.carried(written, 'nothing: it is so anyway');
  const key = { secret: secretName(source), key: 'snmp.yml' };
  const config =
    isPublic || written === undefined
      ? undefined
      : ledger.secret(
          written,
          key,
          `${to}.snmp.auth.config`,
          'a file of `snmp_exporter` whose one entry of `auths` is this one, called `fleet`,',
        );
  return {
    source: (devices) => ({
      snmp: {
        devices,
        ...(module !== 'if_mib' && { module }),
        ...(config !== undefined && { auth: { config: { ...config } } }),
      },
    }),
    accepts: SNMP_PORTLESS,
  };
}
