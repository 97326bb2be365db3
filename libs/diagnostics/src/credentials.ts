import type { Span } from './types.ts';

/** Something in a text that has the shape of a credential. */
export interface CredentialShape extends Span {
  /** What it looks like: `a private key`. */
  readonly what: string;
}

/**
 * Shapes that nothing but a credential has: the prefixes that issuers give their keys so that scanners find them,
 * and forms with a secret in them. A random word behind a harmless key has no shape, and is not found.
 */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  // With all of its lines, however they are broken; one that was cut off goes on to the end.
  [
    'a private key',
    /-----BEGIN (?:[A-Z]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})\b/g],
  ['a token of GitLab', /\bglpat-[\w-]{20,255}/g],
  ['a token of Slack', /\bxox[abeprs]-[A-Za-z0-9-]{10,255}/g],
  ['a webhook of Slack', /\bhooks\.slack\.com\/services\/T\w{6,20}\/B\w{6,20}\/\w{16,64}/g],
  ['a webhook of Teams', /\bwebhook\.office\.com\/webhookb2\/[\w@/-]{16,512}/g],
  ['a webhook of Discord', /\bdiscord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{5,25}\/[\w-]{16,128}/g],
  ['a key of PagerDuty', /\bevents\.(?:eu\.)?pagerduty\.com\/integration\/\w{16,64}/g],
  ['a token of Grafana', /\bgl(?:sa_[A-Za-z0-9]{32}_[0-9a-f]{8}\b|c_[A-Za-z0-9+/=]{32,512})/g],
  ['a key of Google', /\bAIza[\w-]{35}/g],
  ['a key of Azure storage', /\bAccountKey=[A-Za-z0-9+/]{60,120}={0,2}/g],
  ['a signed address of Azure', /(?:[?&]|\\u0026|&amp;)sig=[\w%+/.~-]{16,512}={0,2}/g],
  ['a secret key of age', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/g],
  ['a signed token', /\beyJ[\w-]{8,2048}\.eyJ[\w-]{8,4096}\.[\w-]{16,1024}/g],
  [
    'a hash of a password',
    /\$(?:apr1\$[\w./]{1,8}\$[\w./]{22}|2[aby]\$\d\d\$[\w./]{53}|[56]\$[\w./]{1,16}\$[\w./]{43,86})/g,
  ],
  // A variable in its place (`${PASSWORD}`, `$(PASSWORD)`, `<password>`) is none, nor is a port before a path.
  [
    'an address with a password',
    /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?!\[)[^\s/:@"'<>]{0,128}:(?!\d{1,5}[/?#,]|(?:\$\{\w{1,128}(?::?\?[^}\s]{0,64})?\}|\$\(\w{1,128}\)|\$__\w{1,20}\{[^}\s]{1,200}\}){1,4}[@/?#,])[^\s@"'<>]{1,256}@(?:[^\s/:@"'<>]{1,128}@)?/g,
  ],
  ['the header of a credential', /\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC) [A-Za-z0-9+/_.~-]{20,2048}={0,2}/g],
];

/** A quick look that lets go of nearly every text: the parts that every shape above has one of. */
const SUSPICIOUS =
  /-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|hooks\.slack|webhook\.office|discord|pagerduty|sig=|gl(?:sa|c)_|AIza|AccountKey=|AGE-SECRET|eyJ|\$(?:apr1|2[aby]|[56])\$|:\/\/[^\s@]{0,400}@|[Bb]earer |BEARER |[Bb]asic |BASIC /;

/** Everything in a text that has the shape of a credential, in order; of two that overlap, the one that begins first. */
export function credentialsIn(text: string): readonly CredentialShape[] {
  if (!SUSPICIOUS.test(text)) return [];
  const found = SHAPES.flatMap(([what, shape]) =>
    [...text.matchAll(shape)].map((match): CredentialShape => ({
      what,
      start: match.index,
      end: match.index + match[0].length,
    })),
  ).toSorted((left, right) => left.start - right.start || right.end - left.end);
  let end = -1;
  return found.filter((one) => {
    if (one.start < end) return false;
    end = one.end;
    return true;
  });
}

/**
 * The same text, as long and with as many lines as before, with asterisks for whatever has the shape of a credential:
 * for frames and logs.
 */
export function masked(text: string): string {
  let end = 0;
  const parts = credentialsIn(text).map((one) => {
    const before = text.slice(end, one.start);
    end = one.end;
    return before + text.slice(one.start, one.end).replaceAll(/[^\n]/g, '*');
  });
  return parts.join('') + text.slice(end);
}
