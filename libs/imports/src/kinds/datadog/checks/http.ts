import type { YamlMap } from '../../../core/draft.ts';
import { booleanOf, child, textOf } from '../../../core/look.ts';
import type { MapNode } from '../../../core/node.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import { acceptProbe } from '../../../scrape/targets.ts';
import type { Check, CheckReading } from './check.ts';
import { authOf, tlsOf } from './client.ts';
import { MEASURED, THRESHOLDS } from './measured.ts';
import { LOCAL } from './reasons.ts';
import { statusesOf } from './statuses.ts';

export const httpCheck: Check = {
  alike: ['name', 'url'],
  read: (instances, reading) => {
    const { ledger, to, fatal, refused } = reading;
    const accept = acceptProbe('http', ledger);
    const urls = instances.flatMap((instance) => {
      const node = child(instance, 'url');
      const written = textOf(node) ?? '';
      const url = node === undefined ? undefined : accept(written, node, `${to}.blackbox.http`);
      if (url === undefined) refused.set(instance, LOOPBACK.test(written) ? LOCAL : 'its address cannot be asked');
      return url ?? [];
    });
    const read = instances.filter((instance) => !refused.has(instance)).map((instance) => httpOf(instance, reading));
    return fatal.length > 0 || urls.length === 0
      ? undefined
      : { value: { blackbox: { http: { urls: [...new Set(urls)], ...read[0] } } } };
  },
};

const LOOPBACK = /\/\/(?:localhost|127\.|\[::1\])/i;
const METHODS = new Set(['GET', 'HEAD', 'POST']);

function httpOf(instance: MapNode, reading: CheckReading): YamlMap {
  const { ledger, to, fatal } = reading;
  const at = `${to}.blackbox.http`;
  const method = (textOf(child(instance, 'method')) ?? 'GET').toUpperCase();
  if (METHODS.has(method)) ledger.carried(child(instance, 'method'), `${at}.method`);
  else fatal.push(`a probe asks by GET, HEAD or POST, and not by \`${method.slice(0, 10)}\``);
  if (child(instance, 'data') !== undefined) fatal.push('it sends a body, which a probe does not');
  if (booleanOf(child(instance, 'reverse_content_match')) === true)
    fatal.push('it fails where an expression matches, and a probe where one does not');
  else ledger.carried(child(instance, 'reverse_content_match'), 'nothing: it is so anyway');
  const match = child(instance, 'content_match');
  const body = textOf(match);
  if (body !== undefined)
    ledger.changed(match, `${at}.bodyMatches`, 'an expression of RE2, where Python has others: look at it');
  // Requests of Python go where they are led.
  const follows = booleanOf(child(instance, 'allow_redirects')) !== false;
  ledger.carried(child(instance, 'allow_redirects'), `${at}.followRedirects`);
  const statuses = statusesOf(child(instance, 'http_response_status_code'), follows, reading);
  const auth = authOf(instance, 'blackbox.http', reading);
  const tls = tlsOf(instance, 'blackbox.http.tls', reading);
  const serverName = child(instance, 'tls_server_name') ?? child(instance, 'ssl_server_name');
  const name = textOf(serverName);
  ledger.carried(name === undefined ? undefined : serverName, `${at}.tls.serverName`);
  judge(
    instance,
    [
      [
        MEASURED,
        [
          'collect_response_time',
          'check_certificate_expiration',
          'use_cert_from_response',
          'tls_retrieve_non_validated_cert',
          'disable_ssl_validation',
        ],
      ],
      [THRESHOLDS, ['days_warning', 'days_critical', 'seconds_warning', 'seconds_critical', 'check_hostname']],
      [impossible('a probe says whether, and not what was answered'), ['include_content', 'stream']],
      [changedTo('the source', 'it asks with the headers that it has'), ['include_default_headers']],
    ],
    ledger,
  );
  return {
    ...(method !== 'GET' && { method }),
    ...(statuses !== undefined && { statuses }),
    ...(body !== undefined && { bodyMatches: body }),
    ...(follows && { followRedirects: true }),
    ...(auth !== undefined && { auth }),
    ...((tls !== undefined || name !== undefined) && {
      tls: { ...tls, ...(name !== undefined && { serverName: name }) },
    }),
  };
}
