/** Where a server is that a connection string names, without anything else that stands in it. */
export function serverIn(dataSource: string): string | undefined {
  const [, mysql] = /^(?:.*@)?(?:tcp6?)?\(([^()]+)\)/.exec(dataSource) ?? [];
  if (mysql !== undefined) return mysql;
  // A password may have an `@` in it, and the address is behind the last one before the path.
  const [, authority] = /^[a-z][a-z0-9+.-]*:\/\/([^?#]*)/i.exec(dataSource) ?? [];
  if (authority !== undefined) {
    const server = authority.slice(authority.lastIndexOf('@') + 1).split('/')[0] ?? '';
    return server.split(',')[0] === '' ? undefined : server.split(',')[0];
  }
  const [, host] = /(?:^|\s)host\s*=\s*'?([^\s']+)/.exec(dataSource) ?? [];
  const [, port] = /(?:^|\s)port\s*=\s*'?(\d+)/.exec(dataSource) ?? [];
  if (host === undefined) return undefined;
  return port === undefined ? host : `${host}:${port}`;
}
