import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import type { CredentialFiles } from '../gateway/senders.ts';
import { tokenLine } from '../gateway/tokens.ts';

/** What the gateway checks against; the texts of the keys of its Secrets. */
export interface Shown {
  /** Passwords by user. */
  readonly passwords?: Readonly<Record<string, string>>;
  /** Users by token. */
  readonly tokens?: Readonly<Record<string, string>>;
  /** The same of what was shown before; no file where it is absent. */
  readonly previousPasswords?: Readonly<Record<string, string>>;
  readonly previousTokens?: Readonly<Record<string, string>>;
  readonly clientAuthority?: string;
  readonly certificate?: string;
  readonly certificateKey?: string;
}

/** Writes them as they would be mounted, and takes away what is not there any more. */
export function writeCredentials(files: CredentialFiles, shown: Shown): void {
  writeFileSync(files.passwords, htpasswd(shown.passwords ?? {}));
  writeFileSync(files.tokens, tokenLines(shown.tokens ?? {}));
  writeOr(`${files.passwords}-previous`, shown.previousPasswords && htpasswd(shown.previousPasswords));
  writeOr(`${files.tokens}-previous`, shown.previousTokens && tokenLines(shown.previousTokens));
  writeFileSync(files.clientAuthority, shown.clientAuthority ?? '');
  writeFileSync(files.certificate, shown.certificate ?? '');
  writeFileSync(files.certificateKey, shown.certificateKey ?? '');
}

function writeOr(path: string, text: string | undefined): void {
  if (text === undefined) rmSync(path, { force: true });
  else writeFileSync(path, text);
}

function htpasswd(passwords: Readonly<Record<string, string>>): string {
  const sha = (password: string) => `{SHA}${createHash('sha1').update(password).digest('base64')}`;
  return Object.entries(passwords)
    .map(([user, password]) => `${user}:${sha(password)}\n`)
    .join('');
}

function tokenLines(tokens: Readonly<Record<string, string>>): string {
  return Object.entries(tokens)
    .map(([token, user]) => `${tokenLine(user, token)}\n`)
    .join('');
}
