import { hasCredential } from '../../../core/credentials.ts';
import { booleanOf, child, textOf } from '../../../core/look.ts';
import { takeText } from '../../../core/take.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { Check } from './check.ts';
import { secretOf, tlsOf } from './client.ts';
import { OWN } from './reasons.ts';
import { addressOf } from './server.ts';

export const elastic: Check = {
  alike: [],
  read: ([instance], reading) => {
    const { ledger, to, fatal } = reading;
    if (instance === undefined) return undefined;
    const node = child(instance, 'url');
    const url = (textOf(node) ?? '').replace(/\/$/, '');
    const [, authority = ''] = /^https?:\/\/([^/?#]+)/.exec(url) ?? [];
    const read = addressOf(/%%/.test(url) ? url : authority, undefined, 9200);
    if (hasCredential(url)) fatal.push('a credential stands in its address: say it with `password`');
    else if ('why' in read) fatal.push(read.why);
    if (fatal.length > 0) return undefined;
    ledger.carried(node, `${to}.elasticsearch.url`);
    const username = takeText(ledger, child(instance, 'username'), `${to}.elasticsearch.login.username`);
    const password = child(instance, 'password');
    const login =
      username === undefined || password === undefined
        ? undefined
        : {
            username,
            password: secretOf(
              password,
              'password',
              'elasticsearch.login.password',
              'the password of Elasticsearch',
              reading,
            ),
          };
    const tls = tlsOf(instance, 'elasticsearch.tls', reading);
    const all = child(instance, 'cluster_stats');
    const indices = ['index_stats', 'detailed_index_stats'].map((key) => child(instance, key));
    ledger.carried(booleanOf(all) === undefined ? undefined : all, `${to}.elasticsearch.allNodes`);
    for (const one of indices)
      ledger.carried(booleanOf(one) === undefined ? undefined : one, `${to}.elasticsearch.indices`);
    judge(
      instance,
      [
        [
          impossible(OWN),
          [
            'pshard_stats',
            'pending_task_stats',
            'slm_stats',
            'cat_allocation_stats',
            'custom_queries',
            'pshard_graceful_timeout',
            'gc_collectors_as_rate',
          ],
        ],
        [changedTo('the source', 'which node it is says label `name`'), ['node_name_as_host', 'admin_forwarder']],
        [impossible('it signs in with a name and a password'), ['auth_type', 'aws_region', 'aws_service']],
      ],
      ledger,
    );
    return {
      value: {
        elasticsearch: {
          url,
          ...(login !== undefined && { login }),
          ...(tls !== undefined && { tls }),
          ...(booleanOf(all) !== true && { allNodes: false }),
          ...(indices.some((one) => booleanOf(one) === true) && { indices: true }),
        },
      },
    };
  },
};
