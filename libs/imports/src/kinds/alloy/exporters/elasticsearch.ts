import { hasCredential } from '../../../core/credentials.ts';
import { child, textOf } from '../../../core/look.ts';
import { takeBoolean, takeText } from '../../../core/take.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { blocksOf } from '../syntax/nodes.ts';
import { serverIn } from './data-source.ts';
import { addressOf, secretOf, type ReadExporter } from './exporter.ts';
import { OWN } from './reasons.ts';
import { tlsOf } from './tls.ts';

export const elasticsearch: ReadExporter = (node, reading) => {
  const { ledger, to, fatal } = reading;
  const address = child(node, 'address');
  const written = (textOf(address) ?? 'http://localhost:9200').replace(/\/$/, '');
  if (hasCredential(written)) fatal.push('a credential stands in its address: say it with `basic_auth`');
  const read = addressOf(serverIn(written) ?? written, 9200);
  if ('why' in read) fatal.push(`\`address\`: ${read.why}`);
  else ledger.carried(address, `${to}.elasticsearch.url`);
  const all = takeBoolean(ledger, child(node, 'all'), `${to}.elasticsearch.allNodes`) === true;
  const indices = takeBoolean(ledger, child(node, 'indices'), `${to}.elasticsearch.indices`) === true;
  const tls = tlsOf('elasticsearch', node, reading);
  const [basic] = blocksOf(node, 'basic_auth');
  const secret = child(basic, 'password') ?? child(basic, 'password_file');
  const username = takeText(ledger, child(basic, 'username'), `${to}.elasticsearch.login.username`);
  const login =
    username === undefined || secret === undefined
      ? undefined
      : {
          username,
          password: secretOf(
            secret,
            'password',
            'elasticsearch.login.password',
            'the password of Elasticsearch',
            reading,
          ),
        };
  const one = child(node, 'node');
  if (textOf(one) === '_local') ledger.carried(one, `${to}.elasticsearch.allNodes`);
  else ledger.impossible(one, 'the node that answers is asked about itself, or about all');
  ledger.changed(child(node, 'timeout'), `${to}.timeout`, 'the timeout of a scrape is that of its source');
  const others = [
    'indices_settings',
    'cluster_settings',
    'shards',
    'aliases',
    'snapshots',
    'data_stream',
    'slm',
    'clusterinfo_interval',
  ];
  judge(node, [[impossible(OWN), others]], ledger);
  return [
    {
      value: {
        elasticsearch: {
          url: written,
          ...(login !== undefined && { login }),
          ...(Object.keys(tls).length > 0 && { tls }),
          ...(!all && { allNodes: false }),
          ...(indices && { indices }),
        },
      },
    },
  ];
};
