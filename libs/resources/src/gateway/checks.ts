import { because, block, directive, type Directive } from './nginx.ts';
import type { Senders } from './senders.ts';

/** Raw paths that nginx and a store could read differently: dot segments, empty segments, control characters, backslashes. */
const AMBIGUOUS = String.raw`^[^?]*(?:(?:/|%2F)(?:\.|%2E){1,2}(?:/|%2F|\?|$)|(?:/|%2F){2}|%[01][0-9A-F]|%7F|%5C|\x5C)`;

/** What a server asks of each request before its route is looked for. */
export function checks(who: Senders): readonly Directive[] {
  return [
    ...who.asks,
    because(
      'First who it is, then what it may: a wrong password is 401, whatever it is for',
      directive('auth_request', '/may'),
    ),
    block(
      'if',
      ['($request_uri', '~*', `${AMBIGUOUS})`],
      [directive('return', '400')],
      'One path, one meaning: nothing that a store could read differently than the routes below',
    ),
  ];
}

/**
 * The question itself, since nginx puts one only to a location. Where refusals of the server are in other words than
 * those of HTTP, their 200 would be a yes here, so the location has an `error_page` of its own and takes none of them.
 */
export function mayIt({ anonymous }: Senders, ...own: readonly Directive[]): Directive {
  return block(
    'location',
    ['=', '/may'],
    [
      directive('internal'),
      ...own,
      ...anonymous,
      block('if', ['($tenant', '!~', '.)'], [directive('return', '403')]),
      directive('return', '204'),
    ],
    'Asked for each request by this server itself: has the route found a tenant for its user and method?',
  );
}
