import { child } from '../../../core/look.ts';
import { judge } from '../../../core/verdicts.ts';
import { serversBy, type DataSource } from './data-source.ts';
import { DETAIL, hostAndPort, type ReadIntegration } from './integration.ts';

const SERVER: DataSource = {
  kind: 'mongodb',
  port: 27_017,
  parse: (text, port) => {
    const [, srv, place = ''] = /^mongodb(\+srv)?:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(text) ?? [];
    if (srv !== undefined) return { why: '`mongodb+srv` looks its servers up: name one server' };
    return place === '' ? undefined : hostAndPort(place.split(',')[0] ?? '', port);
  },
};

export const mongodb: ReadIntegration = (node, reading) => {
  judge(node, [[DETAIL, ['direct_connect', 'discovering_mode', 'tls_basic_auth_config_path']]], reading.ledger);
  const { list, open } = serversBy([child(node, 'mongodb_uri')], SERVER, reading);
  return [{ value: { mongodb: { servers: list } }, open }];
};
