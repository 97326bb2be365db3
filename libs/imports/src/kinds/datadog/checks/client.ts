import type { YamlMap } from '../../../core/draft.ts';
import { booleanOf, child, entriesOf, textOf } from '../../../core/look.ts';
import { secretName } from '../../../core/names.ts';
import { takeText } from '../../../core/take.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { CheckReading } from './check.ts';

/** A value that stays out of git, as a reference to a key of the source's Secret. */
export function secretOf(
  node: SourceNode,
  key: string,
  at: string,
  what: string,
  { ledger, to, source, shown }: CheckReading,
): YamlMap {
  const reference = { secret: secretName(source), key };
  if (shown.has(key)) {
    // Instances with the same options are one source, and it has one Secret.
    ledger.changed(
      node,
      `${to}.${at}`,
      `it is the value that key \`${key}\` of Secret \`${reference.secret}\` has already`,
    );
    return reference;
  }
  shown.add(key);
  return { ...ledger.secret(node, reference, `${to}.${at}`, what) };
}

const OTHER_AUTH = [
  'ntlm_domain',
  'kerberos_auth',
  'kerberos_keytab',
  'kerberos_principal',
  'kerberos_cache',
  'kerberos_delegate',
  'kerberos_force_initiate',
  'kerberos_hostname',
  'aws_region',
  'aws_host',
  'aws_service',
];

/** What is shown to who is asked over HTTP, by whichever key it is said. */
export function authOf(instance: SourceNode, kind: string, reading: CheckReading): YamlMap | undefined {
  const { ledger, to, fatal } = reading;
  const type = child(instance, 'auth_type');
  if ((textOf(type) ?? 'basic') !== 'basic' || OTHER_AUTH.some((key) => child(instance, key) !== undefined)) {
    fatal.push(
      'it signs in by NTLM, Kerberos, Digest or a signature: `auth` knows a name with a password, and a token',
    );
    return undefined;
  }
  ledger.carried(type, `${to}.${kind}.auth.basic`);
  const password = child(instance, 'password');
  const username = takeText(ledger, child(instance, 'username'), `${to}.${kind}.auth.basic.username`);
  const token = tokenOf(instance, reading);
  if (token !== undefined) return { bearer: secretOf(token, 'token', `${kind}.auth.bearer`, 'the token', reading) };
  if (username === undefined || username === '') return undefined;
  return {
    basic: {
      username,
      password:
        password === undefined
          ? { secret: secretName(reading.source), key: 'password' }
          : secretOf(password, 'password', `${kind}.auth.basic.password`, 'the password', reading),
    },
  };
}

/** A bearer token: a file of the agent, or a header. */
function tokenOf(instance: SourceNode, { ledger, fatal }: CheckReading): SourceNode | undefined {
  const reader = child(instance, 'auth_token', 'reader');
  const writer = child(instance, 'auth_token', 'writer');
  if (reader !== undefined) {
    if (textOf(child(reader, 'type')) !== 'file')
      fatal.push('its token is fetched from elsewhere: `auth` knows one that is in a Secret');
    for (const [, node] of [...entriesOf(reader), ...entriesOf(writer)])
      ledger.carried(node, 'nothing: a token is shown as `Authorization: Bearer`');
    return child(reader, 'path') ?? reader;
  }
  const file = child(instance, 'bearer_token_path');
  const bearer = child(instance, 'bearer_token_auth');
  ledger.carried(booleanOf(bearer) === undefined ? undefined : bearer, 'nothing: it follows from the token');
  if (booleanOf(bearer) === true && file === undefined)
    fatal.push(
      'it shows the token of a ServiceAccount, which is for the API server: write a ServiceMonitor for what is in the cluster',
    );
  if (booleanOf(bearer) === true && file !== undefined) return file;
  for (const key of ['headers', 'extra_headers'])
    for (const [name, node] of entriesOf(child(instance, key))) {
      if (name.toLowerCase() === 'authorization' && /^bearer /i.test(textOf(node) ?? '')) return node;
      if (/^(?:accept|user-agent|host)$/i.test(name))
        ledger.impossible(node, 'no header of your own is sent; the source asks without it');
      else fatal.push(`it sends the header \`${name.slice(0, 40)}\`, which a source cannot`);
    }
  return undefined;
}

const FILES = [
  ['tls_ca_cert', 'ca', 'ca.crt', 'the certificate authority'],
  ['ssl_ca_cert', 'ca', 'ca.crt', 'the certificate authority'],
  ['tls_cert', 'certificate', 'tls.crt', 'the client certificate'],
  ['ssl_cert', 'certificate', 'tls.crt', 'the client certificate'],
  ['tls_private_key', 'key', 'tls.key', 'the key of the client certificate'],
  ['ssl_private_key', 'key', 'tls.key', 'the key of the client certificate'],
] as const;

/** Certificates, by the words of checks new and old. */
export function tlsOf(instance: SourceNode, at: string, reading: CheckReading): YamlMap | undefined {
  const { ledger, to } = reading;
  const found = FILES.flatMap(([key, name, secretKey, what]) => {
    const node = child(instance, key);
    if (node === undefined || (textOf(node) ?? '') === '' || textOf(node) === 'false') {
      ledger.carried(node, 'nothing: it says nothing');
      return [];
    }
    return [[name, secretOf(node, secretKey, `${at}.${name}`, what, reading)] as const];
  });
  const verify = child(instance, 'tls_verify') ?? child(instance, 'ssl_verify');
  const skip = booleanOf(verify) === false;
  ledger.carried(booleanOf(verify) === undefined ? undefined : verify, `${to}.${at}.skipVerify`);
  for (const key of [
    'tls_ignore_warning',
    'tls_use_host_header',
    'tls_protocols_allowed',
    'tls_ciphers',
    'tls_validate_hostname',
  ])
    ledger.impossible(
      child(instance, key),
      'Alloy decides it: TLS 1.2 and later, and the name has to be that of the certificate',
    );
  const all = { ...Object.fromEntries(found), ...(skip && { skipVerify: true }) };
  return Object.keys(all).length === 0 ? undefined : all;
}
