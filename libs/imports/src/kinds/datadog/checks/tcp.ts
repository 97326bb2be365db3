import type { YamlMap } from '../../../core/draft.ts';
import { child, textOf } from '../../../core/look.ts';
import type { MapNode } from '../../../core/node.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { Check, CheckReading } from './check.ts';
import { tlsOf } from './client.ts';
import { MEASURED, THRESHOLDS } from './measured.ts';
import { serverOf } from './server.ts';

export const tcpCheck: Check = {
  alike: ['name', 'host', 'port'],
  read: (instances, reading) =>
    tcpLike(instances, { host: 'host', usual: 0 }, reading, (instance) => {
      judge(
        instance,
        [
          [MEASURED, ['collect_response_time']],
          [
            impossible('a name is looked up at each probe, and one of its addresses is asked'),
            ['ip_cache_duration', 'multiple_ips'],
          ],
        ],
        reading.ledger,
      );
      return undefined;
    }),
};

/** Whether a port takes connections over TLS, and until when its certificate is good. */
export const tls: Check = {
  alike: ['name', 'server', 'port'],
  read: (instances, reading) =>
    tcpLike(instances, { host: 'server', usual: 443 }, reading, (instance) => {
      const { ledger, to, fatal } = reading;
      if (child(instance, 'local_cert_path') !== undefined)
        fatal.push('it looks at a file of its machine: a source asks what is served');
      if (child(instance, 'start_tls') !== undefined) fatal.push('it begins without TLS, which a probe does not');
      const settings = tlsOf(instance, 'blackbox.tcp.tls', reading) ?? {};
      const serverName = child(instance, 'server_hostname');
      const name = textOf(serverName);
      ledger.carried(name === undefined ? undefined : serverName, `${to}.blackbox.tcp.tls.serverName`);
      judge(
        instance,
        [
          [THRESHOLDS, ['days_warning', 'days_critical', 'seconds_warning', 'seconds_critical']],
          [
            impossible(
              'which version of TLS was agreed upon is label `version` of `probe_tls_version_info`: say in a rule which are allowed',
            ),
            ['allowed_versions'],
          ],
          [changedTo('the source', 'it asks over TCP'), ['transport']],
          [
            impossible('a certificate has to come with those that lead to its authority'),
            [
              'fetch_intermediate_certs',
              'intermediate_cert_refresh_interval',
              'send_cert_duration',
              'tls_private_key_password',
            ],
          ],
        ],
        ledger,
      );
      return { ...settings, ...(name !== undefined && { serverName: name }) };
    }),
};

interface Named {
  readonly host: string;
  readonly usual: number;
}

function tcpLike(
  instances: readonly MapNode[],
  { host, usual }: Named,
  reading: CheckReading,
  tlsFor: (instance: MapNode) => YamlMap | undefined,
) {
  const keys = { host: [host], port: usual, at: 'blackbox.tcp' };
  const addresses = instances.flatMap((instance) => serverOf(instance, keys, reading) ?? []);
  const [settings] = instances.filter((instance) => !reading.refused.has(instance)).map(tlsFor);
  if (addresses.length === 0) return undefined;
  return {
    value: {
      blackbox: { tcp: { addresses: [...new Set(addresses)], ...(settings !== undefined && { tls: settings }) } },
    },
  };
}
