import { hasCredential } from '../../../core/credentials.ts';
import { child, textOf } from '../../../core/look.ts';
import { takeText } from '../../../core/take.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { serverIn } from './data-source.ts';
import { addressOf, secretOf, type ReadExporter } from './exporter.ts';
import { OWN, SAME } from './reasons.ts';
import { tlsOf } from './tls.ts';

export const redis: ReadExporter = (node, reading) => {
  const { ledger, to, fatal } = reading;
  const address = child(node, 'redis_addr');
  const written = textOf(address) ?? '';
  const secret = child(node, 'redis_password') ?? child(node, 'redis_password_file');
  if (hasCredential(written)) fatal.push('a credential stands in its address: say it with `redis_password`');
  const read = addressOf(serverIn(written) ?? written, 6379);
  if ('why' in read) {
    fatal.push(`\`redis_addr\`: ${read.why}`);
    return [];
  }
  ledger.carried(address, `${to}.redis.servers`);
  const username = takeText(ledger, child(node, 'redis_user'), `${to}.redis.username`);
  const password =
    secret === undefined ? undefined : secretOf(secret, 'password', 'redis.password', 'the password of Redis', reading);
  const tls = tlsOf('redis', node, reading);
  ledger.impossible(
    child(node, 'redis_password_map_file'),
    'all servers of a source have one password: make a source for each',
  );
  const others = [
    'include_exporter_metrics',
    'redis_metrics_only',
    'set_client_name',
    'ping_on_connect',
    'connection_timeout',
    'namespace',
    'config_command',
    'incl_system_metrics',
    'export_client_list',
    'export_client_port',
    'export_key_values',
    'is_cluster',
    'is_tile38',
  ];
  const keys = [
    'check_keys',
    'check_key_groups',
    'check_key_groups_batch_size',
    'max_distinct_key_groups',
    'check_single_keys',
    'check_streams',
    'check_single_streams',
    'count_keys',
    'script_path',
    'script_paths',
  ];
  judge(
    node,
    [
      [impossible(SAME), others],
      [impossible(OWN), keys],
    ],
    ledger,
  );
  const secure = written.startsWith('rediss:') || Object.keys(tls).length > 0;
  return [
    {
      value: {
        redis: {
          servers: [read.target],
          ...(username !== undefined && username !== '' && { username }),
          ...(password !== undefined && { password }),
          ...(secure && { tls }),
        },
      },
    },
  ];
};
