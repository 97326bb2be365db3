import { hasCredential } from '../../../core/credentials.ts';
import { child, textOf } from '../../../core/look.ts';
import { secretName } from '../../../core/names.ts';
import { takeText } from '../../../core/take.ts';
import { judge } from '../../../core/verdicts.ts';
import { DETAIL, hostAndPort, serverOf, type ReadIntegration } from './integration.ts';
import { tlsOf } from './tls.ts';

const DETAILS = [
  ...['include_exporter_metrics', 'redis_password_map_file', 'namespace', 'config_command', 'check_keys'],
  ...['check_key_groups', 'check_key_groups_batch_size', 'max_distinct_key_groups', 'check_single_keys'],
  ...['check_streams', 'check_single_streams', 'export_key_values', 'count_keys', 'script_path'],
  ...['connection_timeout', 'set_client_name', 'is_tile38', 'is_cluster', 'export_client_list', 'export_client_port'],
  ...['redis_metrics_only', 'ping_on_connect', 'incl_system_metrics'],
];

const TLS = {
  ca: 'tls_ca_cert_file',
  certificate: 'tls_client_cert_file',
  key: 'tls_client_key_file',
  skipVerify: 'skip_tls_verification',
};

export const redis: ReadIntegration = (node, reading) => {
  const { ledger, to, source, fatal } = reading;
  judge(node, [[DETAIL, DETAILS]], ledger);
  const address = child(node, 'redis_addr');
  const written = textOf(address) ?? '';
  const [, scheme, place = ''] = /^(?:(rediss?|unix|valkeys?):\/\/)?(?:[^/?#]*@)?([^/?#]*)/.exec(written) ?? [];
  const server =
    scheme === 'unix' || written.startsWith('/') ? serverOf('localhost', undefined, 6379) : hostAndPort(place, 6379);
  if ('why' in server) {
    fatal.push(server.why);
    return [];
  }
  if (hasCredential(written)) {
    fatal.push('a password stands in `redis_addr`: say it as `redis_password`, and import again');
    return [];
  }
  ledger.carried(address, `${to}.redis.servers`);
  const username = takeText(ledger, child(node, 'redis_user'), `${to}.redis.username`);
  const password = child(node, 'redis_password') ?? child(node, 'redis_password_file');
  const reference =
    password === undefined || textOf(password) === ''
      ? undefined
      : ledger.secret(
          password,
          { secret: secretName(source), key: 'password' },
          `${to}.redis.password`,
          'the password of Redis',
        );
  const value = {
    servers: [server.address],
    ...(username !== undefined && username !== '' && { username }),
    ...(reference !== undefined && { password: { ...reference } }),
    ...(scheme === 'rediss' && { tls: tlsOf(node, TLS, `${to}.redis`, reading) }),
  };
  return [{ value: { redis: value } }];
};
