/**
 * One line of the key `tokens` of Secret gateway-credentials: an entry of nginx's `map` from an `Authorization` to the
 * user whose token it is. An expression and not a plain text, because a map compares plain texts without regard to case.
 */
export function tokenLine(user: string, token: string): string {
  return `"~^Bearer ${token.replaceAll(/[.+/~-]/g, String.raw`\$&`)}$" ${user};`;
}

/** A token as RFC 6750 has it, which is also what may stand in such a line. */
export function isToken(text: string): boolean {
  return /^[\w.~+/-]{16,1000}={0,2}$/.test(text);
}

/** Whose token a line has; undefined where it is none of them. */
export function readTokenLine(line: string): { readonly user: string; readonly token: string } | undefined {
  const [, pattern, user] = /^\s*"~\^Bearer ([^"\s]+)\$"\s+([\w-]+);\s*$/.exec(line) ?? [];
  return pattern === undefined || user === undefined ? undefined : { user, token: pattern.replaceAll('\\', '') };
}

/** Tokens by their user, as the lines have them; there may be two of one user. */
export function tokensByUser(lines: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines.split('\n')) {
    const one = readTokenLine(line);
    if (one !== undefined) found.set(one.user, [...(found.get(one.user) ?? []), one.token]);
  }
  return found;
}
