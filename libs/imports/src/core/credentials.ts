const NAME = /token|secret|passw|credential|api.?key|^key$|^auth$|signature|^sig$/i;

/** Whether what bears this name is most likely a credential: a parameter of a request, a key of a configuration. */
export function isCredential(name: string): boolean {
  return NAME.test(name);
}

/** Whether an address has a credential in it: in front of its host, or as a parameter. */
export function hasCredential(url: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(url)) return true;
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return query.split('&').some((part) => isCredential(part.split('=')[0] ?? ''));
}
