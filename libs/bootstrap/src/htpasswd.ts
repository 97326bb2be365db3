import { createHash } from 'node:crypto';

/**
 * One line of an htpasswd file in the form `{SSHA}`: base64 of SHA-1 over password and salt, then the salt.
 * A fast hash is right: the passwords are long and random, so nobody can try them all, and nginx checks one at
 * each push. Of nginx's fast forms it is the one with a salt, by which equal passwords do not look alike.
 *
 * @param salt any bytes; eight are enough
 */
export function htpasswdLine(user: string, password: string, salt: Uint8Array): string {
  return `${user}:{SSHA}${Buffer.concat([digest(password, salt), salt]).toString('base64')}`;
}

/** Whether the line takes the password; undefined where its form is not one that is checked here (crypt, apr1). */
export function takes(line: string, password: string): boolean | undefined {
  const hash = line.slice(line.indexOf(':') + 1);
  const bytes = Buffer.from(hash.replace(/^\{S?SHA\}/, ''), 'base64');
  if (hash.startsWith('{SSHA}')) return digest(password, bytes.subarray(20)).equals(bytes.subarray(0, 20));
  if (hash.startsWith('{SHA}')) return digest(password, new Uint8Array()).equals(bytes);
  return undefined;
}

function digest(password: string, salt: Uint8Array): Buffer {
  return createHash('sha1').update(password).update(salt).digest();
}

/** Undefined for comments and empty lines, which have none. */
export function userOf(line: string): string | undefined {
  const text = line.trim();
  return text.includes(':') && !text.startsWith('#') ? text.slice(0, text.indexOf(':')) : undefined;
}

/** Lines by their user; of several the first, which is the one that nginx takes. */
export function linesByUser(htpasswd: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of htpasswd.split('\n')) {
    const user = userOf(line);
    if (user !== undefined && !found.has(user)) found.set(user, line.trim());
  }
  return found;
}
