import { secretName } from '../core/names.ts';
import type { YamlMap } from '../core/draft.ts';
import { child, entriesOf, isMap } from '../core/look.ts';
import { takeBoolean, takeText } from '../core/take.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading } from './context.ts';

/** A value that stands in the file or in a file of its machine, as a reference to a key of the source's Secret. */
function secret(node: SourceNode, key: string, what: string, reading: Reading): YamlMap {
  const { ledger, to, source } = reading;
  return { ...ledger.secret(node, { secret: secretName(source), key }, `${to}.auth`, what) };
}

/** What is shown to a target, whichever of its keys says it. */
export function authOf(job: SourceNode, reading: Reading): YamlMap | undefined {
  const basic = child(job, 'basic_auth');
  const authorization = child(job, 'authorization');
  if (isMap(basic)) return basicOf(basic, reading);
  if (isMap(authorization)) return authorizationOf(authorization, reading);
  const token = child(job, 'bearer_token') ?? child(job, 'bearer_token_file');
  return token === undefined ? undefined : { bearer: secret(token, 'token', 'the bearer token', reading) };
}

function basicOf(basic: SourceNode, reading: Reading): YamlMap {
  const { ledger, to, fatal } = reading;
  const username = takeText(ledger, child(basic, 'username'), `${to}.auth.basic.username`);
  if (username === undefined) {
    fatal.push('`basic_auth` has no `username` in the file; only the password is a secret here');
    return {};
  }
  const password = child(basic, 'password') ?? child(basic, 'password_file') ?? basic;
  const reference =
    password === basic
      ? { secret: secretName(reading.source), key: 'password' }
      : secret(password, 'password', 'the password of `basic_auth`', reading);
  return { basic: { username, password: reference } };
}

function authorizationOf(authorization: SourceNode, reading: Reading): YamlMap {
  const { ledger, to, fatal } = reading;
  const said = takeText(ledger, child(authorization, 'type'), `${to}.auth.bearer`) ?? 'Bearer';
  if (said.toLowerCase() !== 'bearer') fatal.push('`authorization` of another type than `Bearer` cannot be shown');
  const token = child(authorization, 'credentials') ?? child(authorization, 'credentials_file');
  if (token === undefined) {
    fatal.push('`authorization` has no credentials');
    return {};
  }
  return { bearer: secret(token, 'token', 'the token of `authorization`', reading) };
}

const FILES = new Map<string, readonly [key: string, name: string, what: string]>(
  Object.entries({
    ca: ['ca', 'ca.crt', 'the certificate authority of `tls_config`'],
    ca_file: ['ca', 'ca.crt', 'the certificate authority of `tls_config`'],
    cert: ['certificate', 'tls.crt', 'the client certificate of `tls_config`'],
    cert_file: ['certificate', 'tls.crt', 'the client certificate of `tls_config`'],
    key: ['key', 'tls.key', 'the key of the client certificate of `tls_config`'],
    key_file: ['key', 'tls.key', 'the key of the client certificate of `tls_config`'],
  }),
);

export function tlsOf(tls: SourceNode | undefined, reading: Reading): YamlMap | undefined {
  if (!isMap(tls)) return undefined;
  const { ledger, to, source } = reading;
  const found = entriesOf(tls).flatMap(([key, node]): readonly (readonly [string, YamlMap[string]])[] => {
    const file = FILES.get(key);
    if (file !== undefined) {
      const [name, secretKey, what] = file;
      return [
        [name, { ...ledger.secret(node, { secret: secretName(source), key: secretKey }, `${to}.tls.${name}`, what) }],
      ];
    }
    switch (key) {
      case 'server_name':
        return [['serverName', takeText(ledger, node, `${to}.tls.serverName`)]];
      case 'insecure_skip_verify':
        return takeBoolean(ledger, node, `${to}.tls.skipVerify`) === true ? [['skipVerify', true]] : [];
      case 'min_version':
      case 'max_version':
        ledger.impossible(node, 'the cluster file says no versions of TLS: Alloy takes 1.2 and later');
        return [];
      default:
        return [];
    }
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
