import { booleanOf, child } from '../../../core/look.ts';
import { takeText } from '../../../core/take.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { Check } from './check.ts';
import { secretOf } from './client.ts';
import { OWN } from './reasons.ts';
import { serverOf } from './server.ts';

const FILES = [
  ['ssl_ca_certs', 'ca', 'ca.crt', 'the certificate authority of Redis'],
  ['ssl_certfile', 'certificate', 'tls.crt', 'the client certificate'],
  ['ssl_keyfile', 'key', 'tls.key', 'the key of the client certificate'],
] as const;

export const redisdb: Check = {
  alike: ['host', 'port', 'name'],
  read: (instances, reading) => {
    const { ledger, to, refused } = reading;
    const [first] = instances;
    const servers = instances.flatMap(
      (instance) => serverOf(instance, { host: ['host'], port: 6379, at: 'redis.servers' }, reading) ?? [],
    );
    if (first === undefined || servers.length === 0) return undefined;
    const options = instances
      .filter((instance) => !refused.has(instance))
      .map((instance) => {
        const username = takeText(ledger, child(instance, 'username'), `${to}.redis.username`);
        const secret = child(instance, 'password');
        const password =
          secret === undefined
            ? undefined
            : secretOf(secret, 'password', 'redis.password', 'the password of Redis', reading);
        const ssl = child(instance, 'ssl');
        ledger.carried(booleanOf(ssl) === undefined ? undefined : ssl, `${to}.redis.tls`);
        const files = FILES.flatMap(([key, name, secretKey, what]) => {
          const node = child(instance, key);
          return node === undefined
            ? []
            : [[name, secretOf(node, secretKey, `redis.tls.${name}`, what, reading)] as const];
        });
        judge(
          instance,
          [
            [impossible(OWN), ['keys', 'warn_on_missing_keys', 'collect_client_metrics', 'slowlog-max-len']],
            [
              changedTo('the source', 'of a server all databases are asked about, and each command'),
              ['db', 'command_stats', 'db_metrics'],
            ],
            [
              changedTo('the collector', 'Alloy decides how it asks'),
              ['socket_timeout', 'disable_connection_cache', 'ssl_cert_reqs'],
            ],
            [impossible('a socket of the machine is not reached from the cluster'), ['unix_socket_path']],
          ],
          ledger,
        );
        const tls = booleanOf(ssl) === true || files.length > 0 ? Object.fromEntries(files) : undefined;
        return {
          ...(username !== undefined && username !== '' && { username }),
          ...(password !== undefined && { password }),
          ...(tls !== undefined && { tls }),
        };
      });
    return { value: { redis: { servers: [...new Set(servers)], ...options[0] } } };
  },
};
