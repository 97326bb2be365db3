/** Header `Authorization` of who shows a password. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Header `Authorization` by which somebody signs in at the gateway; a certificate is shown in another way. */
export function authorization(kind: 'password' | 'token', user: string, value: string): string {
  return kind === 'token' ? `Bearer ${value}` : basic(user, value);
}
