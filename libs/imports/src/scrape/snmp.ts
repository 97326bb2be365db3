import { visible } from '@lgtm-fleet/diagnostics';
import { snmpModules } from '@lgtm-fleet/spec';
import { child, entriesOf, itemsOf, textOf, textsOf } from '../core/look.ts';
import { secretName } from '../core/names.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading } from './context.ts';
import type { Probing } from './probe.ts';

/** Devices are hosts without a port. */
export const SNMP_PORTLESS = 'device';

const PUBLIC = ['public_v2', 'public_v1'];

/** A job that asks snmp_exporter for devices. */
export function snmpOf(job: SourceNode, { ledger, to, source, fatal }: Reading): Probing | undefined {
  const params = child(job, 'params');
  const list = child(params, 'module');
  const modules = textsOf(list).flatMap((text) => text.split(','));
  const strange = modules.filter((module) => !snmpModules.some((known) => known === module));
  if (strange.length > 0)
    fatal.push(`the modules that Alloy has do not include ${strange.map((one) => `\`${visible(one)}\``).join(', ')}`);
  const unknown = entriesOf(params).flatMap(([key]) =>
    ['module', 'auth', 'target'].includes(key) ? [] : [`\`${key}\``],
  );
  if (unknown.length > 0) fatal.push(`\`snmp_exporter\` gets the parameters ${unknown.join(', ')}`);
  ledger.carried(list, `${to}.snmp.modules`);
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
          `${to}.snmp.auth`,
          'a file of `snmp_exporter` that has this one as `fleet` below `auths`',
        );
  return {
    source: (devices) => ({
      snmp: {
        devices,
        ...(modules.length > 0 && modules.join() !== 'if_mib' && { modules }),
        ...(config !== undefined && { auth: { ...config } }),
      },
    }),
    accepts: SNMP_PORTLESS,
  };
}
