import type { SecretKey } from '@lgtm-fleet/spec';

/** Where each Secret that a source refers to is mounted, in a folder of its name. */
export const CREDENTIALS = '/etc/source-credentials';

/** The file of a key of a Secret; programs read it again when it changes. */
export function fileOf({ secret, key }: SecretKey): string {
  return `${CREDENTIALS}/${secret}/${key}`;
}
