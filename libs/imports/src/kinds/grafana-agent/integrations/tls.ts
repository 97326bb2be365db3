import type { YamlMap } from '../../../core/draft.ts';
import { booleanOf, child, textOf } from '../../../core/look.ts';
import { secretName } from '../../../core/names.ts';
import type { SourceNode } from '../../../core/node.ts';
import { takeText } from '../../../core/take.ts';
import type { Reading } from '../../../scrape/context.ts';

/** What each integration calls the same. */
interface TlsKeys {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  readonly skipVerify: string;
  readonly serverName?: string;
}

const FILES = [
  ['ca', 'ca.crt', 'the certificate authority'],
  ['certificate', 'tls.crt', 'the client certificate'],
  ['key', 'tls.key', 'the key of the client certificate'],
] as const;

/** How a server is known, and what is shown to it; files of the agent's machine become keys of the source's Secret. */
export function tlsOf(node: SourceNode, keys: TlsKeys, to: string, { ledger, source }: Reading): YamlMap {
  const files = FILES.flatMap(([name, key, what]) => {
    const file = child(node, keys[name]);
    if (file === undefined || (textOf(file) ?? '') === '') return [];
    return [
      [name, { ...ledger.secret(file, { secret: secretName(source), key }, `${to}.tls.${name}`, what) }] as const,
    ];
  });
  const skip = child(node, keys.skipVerify);
  const skipVerify = booleanOf(skip);
  ledger.carried(skipVerify === undefined ? undefined : skip, `${to}.tls.skipVerify`);
  const serverName =
    keys.serverName === undefined ? undefined : takeText(ledger, child(node, keys.serverName), `${to}.tls.serverName`);
  return {
    ...Object.fromEntries(files),
    ...(skipVerify === true && { skipVerify }),
    ...(serverName !== undefined && serverName !== '' && { serverName }),
  };
}
