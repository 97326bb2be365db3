/** What is asked of a pod over a port that kubectl opens. */
export interface Requests {
  readonly forward: string;
  /** `http://localhost:3100`; with `https` the certificate is of another name than localhost. */
  readonly base: string;
  /** As whom a store is asked. */
  readonly tenant?: string;
  /** `/ready`, `POST /flush`, `/config | grep retention`. */
  readonly paths: readonly string[];
}

/** The commands, a line each, to be pasted into a shell as they are. */
export function requests({ forward, base, tenant = '', paths }: Requests): string {
  const asked = paths.map((line) => request(base, tenant, line));
  return [`${forward} >/dev/null &`, ...asked, 'kill %%'].join('\n');
}

/** The port opens a moment after its command, so curl waits for it. */
const CURL = 'curl --silent --show-error --retry 5 --retry-connrefused';

function request(base: string, tenant: string, line: string): string {
  const [, method, path = '', rest] = /^(?:([A-Z]+) )?(\S+)(?: (.*))?$/.exec(line) ?? [];
  const isRing = method === undefined && /[/-]ring$/.test(path);
  return [
    CURL,
    ...(base.startsWith('https:') ? ['--insecure'] : []),
    ...(method === undefined ? [] : [`--request ${method}`]),
    ...(tenant !== '' && ofTenant.test(path) ? [`--header 'X-Scope-OrgID: ${tenant}'`] : []),
    ...(isRing ? ["--header 'Accept: application/json'"] : []),
    /[?&[\]]/.test(path) ? `'${base}${path}'` : `${base}${path}`,
    ...(isRing ? ["| tr '{' '\\n' | cut -c 1-160"] : []),
    ...(rest === undefined ? [] : [rest]),
  ].join(' ');
}

/** Paths that a store answers to a tenant alone. */
const ofTenant = /^\/(?:api\/v1|prometheus|loki\/api|alertmanager|config\/tenant|tempo\/api|api\/search|api\/traces)\//;
