import { child, itemsOf } from '../../../core/look.ts';
import { takeBoolean } from '../../../core/take.ts';
import { judge } from '../../../core/verdicts.ts';
import { serversBy, type DataSource } from './data-source.ts';
import { DETAIL, hostAndPort, serverOf, type ReadIntegration } from './integration.ts';

const SERVER: DataSource = {
  kind: 'postgresql',
  port: 5432,
  parse: (text, port) => {
    const [, place] = /^postgres(?:ql)?:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(text) ?? [];
    if (place !== undefined) return hostAndPort(place, port);
    const [, host] = /(?:^|\s)host=(\S+)/.exec(text) ?? [];
    const [, own] = /(?:^|\s)port=(\d+)/.exec(text) ?? [];
    return host === undefined ? undefined : serverOf(host.startsWith('/') ? 'localhost' : host, own, port);
  },
};

export const postgresql: ReadIntegration = (node, reading) => {
  const { ledger, to } = reading;
  const details = ['disable_settings_metrics', 'exclude_databases', 'include_databases', 'query_path'];
  judge(node, [[DETAIL, [...details, 'disable_default_metrics']]], ledger);
  const { list, open } = serversBy(itemsOf(child(node, 'data_source_names')), SERVER, reading);
  const all = takeBoolean(ledger, child(node, 'autodiscover_databases'), `${to}.postgresql.allDatabases`);
  return [{ value: { postgresql: { servers: list, ...(all === true && { allDatabases: true }) } }, open }];
};
