/** The base mounts each Secret at `/etc/<name>`, one file a key. */
export function secret(name: string, key: string): string {
  return `$__file{/etc/${name}/${key}}`;
}
