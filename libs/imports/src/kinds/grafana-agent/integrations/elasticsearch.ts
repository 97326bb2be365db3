import { hasCredential } from '../../../core/credentials.ts';
import { child, textOf } from '../../../core/look.ts';
import { secretName } from '../../../core/names.ts';
import { takeBoolean, takeText } from '../../../core/take.ts';
import { judge } from '../../../core/verdicts.ts';
import { DETAIL, serverOf, type ReadIntegration } from './integration.ts';
import { tlsOf } from './tls.ts';

const TLS = { ca: 'ca', certificate: 'client_cert', key: 'client_private_key', skipVerify: 'ssl_skip_verify' };

export const elasticsearch: ReadIntegration = (node, reading) => {
  const { ledger, to, source, fatal } = reading;
  const details = ['timeout', 'node', 'indices_settings', 'cluster_settings', 'shards', 'aliases', 'snapshots'];
  judge(node, [[DETAIL, [...details, 'clusterinfo_interval', 'data_stream', 'slm']]], ledger);
  const address = child(node, 'address');
  const url = textOf(address) ?? 'http://localhost:9200';
  const [, host = '', port] = /^https?:\/\/([^/?#:@]+|\[[^\]]*\])(?::(\d+))?/.exec(url) ?? [];
  const server = serverOf(host, port, 9200);
  if (hasCredential(url)) fatal.push('a password stands in `address`: say it as `basic_auth`, and import again');
  else if ('why' in server) fatal.push(server.why);
  ledger.carried(address, `${to}.elasticsearch.url`);
  const tls = tlsOf(node, TLS, `${to}.elasticsearch`, reading);
  const all = takeBoolean(ledger, child(node, 'all'), `${to}.elasticsearch.allNodes`);
  const indices = takeBoolean(ledger, child(node, 'indices'), `${to}.elasticsearch.indices`);
  const login = child(node, 'basic_auth');
  const username = takeText(ledger, child(login, 'username'), `${to}.elasticsearch.login`);
  const password = child(login, 'password') ?? child(login, 'password_file');
  return [
    {
      value: {
        elasticsearch: {
          url,
          ...(username !== undefined &&
            password !== undefined && {
              login: {
                username,
                password: {
                  ...ledger.secret(
                    password,
                    { secret: secretName(source), key: 'password' },
                    `${to}.elasticsearch.login`,
                    'the password of Elasticsearch',
                  ),
                },
              },
            }),
          ...(Object.keys(tls).length > 0 && { tls }),
          // The exporter asks one node unless told otherwise.
          ...(all !== true && { allNodes: false }),
          ...(indices === true && { indices }),
        },
      },
    },
  ];
};
