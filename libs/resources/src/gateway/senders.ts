import type { CredentialPlan } from '@lgtm-fleet/plan';
import { because, block, directive, map, type Directive } from './nginx.ts';

/**
 * Files of what the gateway checks against, as they are mounted. Beside the first two there may be one each whose name
 * ends in `-previous`: what their users showed before, and may still show.
 */
export interface CredentialFiles {
  /** Users and hashes of their passwords, one a line; nginx reads it again at each request. */
  readonly passwords: string;
  /** Lines of a `map`, from an `Authorization` to a user; nginx reads it when it starts. */
  readonly tokens: string;
  /** Who signs client certificates. */
  readonly clientAuthority: string;
  /** With which the gateway ends TLS itself. */
  readonly certificate: string;
  readonly certificateKey: string;
}

type Kind = CredentialPlan['kind'];

/** What of the gateway depends on how people present themselves. */
export interface Senders {
  /** Who it is: in `http`, variable `$user`, empty for nobody that the spec names. */
  readonly maps: readonly Directive[];
  /** In `server`: what asks for a credential. */
  readonly asks: readonly Directive[];
  /** The credential as it is shown, which nobody else can use up. */
  readonly key: string;
  /** In the answer of who may go on: what refuses a request without any credential, where no password is asked for. */
  readonly anonymous: readonly Directive[];
  /**
   * In `server`: where a refused password is looked for again. `refused`: the location that answers 401 in other words
   * than those of HTTP.
   */
  readonly again: (refused?: string) => readonly Directive[];
}

/** What the names of those files, and of keys of Secret gateway-credentials, end in that hold what was shown before. */
export const PREVIOUS = '-previous';

/**
 * Recognises each user by its own kind of credential and by no other, so that the line of one who has changed, or is
 * not in the spec any more, opens nothing.
 */
export function senders(credentials: readonly CredentialPlan[], files: CredentialFiles): Senders {
  const kinds = new Set(credentials.map(({ kind }) => kind));
  const alone = kinds.size === 1 && kinds.has('password');
  return {
    maps: [
      because(
        'A name has up to 63 characters, and what it comes by stands before it',
        directive('map_hash_bucket_size', '128'),
      ),
      ...(credentials.length > 1000 ? [directive('map_hash_max_size', String(2 * credentials.length))] : []),
      ...(kinds.has('password') ? [GENERATION] : []),
      ...presented(kinds, files),
      ...(alone ? [] : claims(kinds)),
      ...recognised(credentials, alone),
      outdated(kinds),
    ],
    asks: [
      ...(kinds.has('password') ? passwords(alone, files) : []),
      ...(kinds.has('certificate') ? transport(files) : []),
    ],
    key: kinds.has('certificate') ? '$ssl_client_s_dn$http_authorization' : '$http_authorization',
    anonymous: kinds.has('password') ? [] : [block('if', ['($claim', '!~', '.)'], [directive('return', '401')])],
    again: (refused) => {
      if (kinds.has('password')) return [directive('error_page', '401', '=', '@previous'), again(files, refused)];
      return refused === undefined ? [] : [directive('error_page', '401', '=', refused)];
    },
  };
}

/** A `set` of the server would not do: subrequests run it again, and share their variables with the request. */
const GENERATION = map('', '$generation', [], 'Which passwords are asked: these, or once `set`, those before');

function passwords(alone: boolean, files: CredentialFiles): readonly Directive[] {
  return [
    directive('auth_basic', alone ? 'tenant' : '$realm'),
    because(
      'Only the first line of a user counts for nginx, so the password before has a file of its own',
      directive('auth_basic_user_file', `${files.passwords}$generation`),
    ),
    because('Whoever tries passwords waits for each answer', directive('auth_delay', '1s')),
  ];
}

/**
 * The same request once more: nginx follows no second `error_page`, so what is refused here stays refused. Where it
 * follows, to say it in other words, a second time is told by the generation.
 */
function again({ passwords }: CredentialFiles, refused: string | undefined): Directive {
  const file = `${passwords}${PREVIOUS}`;
  const once = [
    directive('error_page', '401', '=', refused ?? ''),
    block('if', ['($generation)'], [directive('return', '401')], 'Asked for already'),
  ];
  return block(
    'location',
    ['@previous'],
    [
      ...(refused === undefined ? [] : once),
      block(
        'if',
        ['(!-f', `${file})`],
        [directive('return', '401')],
        'Only while a password is changed: nginx would answer 403 for a file that is not there',
      ),
      directive('set', '$generation', PREVIOUS),
      directive('rewrite', '^', '$uri', 'last'),
    ],
    'Is it the password before? Then the request takes its route again, from the beginning',
  );
}

/** For the log, by which a person knows when nobody shows the credential before any more. */
function outdated(kinds: ReadonlySet<Kind>): Directive {
  const [password, token] = [kinds.has('password') ? '$generation' : '', kinds.has('token') ? '$previous_token' : ''];
  return map(
    `$answered ${password}${token}`,
    '$outdated',
    [
      ['~^401', ''],
      ['~ .', 'previous'],
    ],
    'Whether what was shown has a successor: what was refused has none',
  );
}

/** What a request shows, apart from a password: that one is in `$remote_user`. */
function presented(kinds: ReadonlySet<Kind>, files: CredentialFiles): readonly Directive[] {
  const before = because(
    'With a mask: then nginx does without where there is no such file',
    directive('include', `${files.tokens}${PREVIOUS}*`),
  );
  const token = block(
    'map',
    ['$http_authorization', '$token'],
    [directive('default', ''), directive('include', files.tokens), before],
    'Whose token it is. The lines are expressions, because plain texts would be compared without regard to case.',
  );
  const previous = block(
    'map',
    ['$http_authorization', '$previous_token'],
    [directive('default', ''), directive('include', `${files.tokens}${PREVIOUS}*`)],
    'Whose token it was until it got another',
  );
  const certificate = map(
    '$ssl_client_verify $ssl_client_s_dn',
    '$certificate',
    [[String.raw`~^SUCCESS CN=(?<common_name>[A-Za-z0-9_-]+)$`, '$common_name']],
    'Whose certificate it is: its subject is the name and nothing else',
  );
  const both = map(
    '$certificate|$http_authorization',
    '$contradiction',
    [[String.raw`~^[^|]+\|.`, '1']],
    'Two credentials in one request',
  );
  return [...(kinds.has('token') ? [token, previous] : []), ...(kinds.has('certificate') ? [certificate, both] : [])];
}

function claims(kinds: ReadonlySet<Kind>): readonly Directive[] {
  const [certificate, token] = [kinds.has('certificate') ? '$certificate' : '', kinds.has('token') ? '$token' : ''];
  const claim = map(
    `${certificate}|${token}`,
    '$claim',
    [
      ...(kinds.has('password') ? [['|', 'password:$remote_user'] as const] : []),
      ...(kinds.has('token') ? [[String.raw`~^\|(?<bearer>.+)$`, 'token:$bearer'] as const] : []),
      ...(kinds.has('certificate') ? [[String.raw`~^(?<holder>[^|]+)\|$`, 'certificate:$holder'] as const] : []),
    ],
    'Who it says it is, and how',
  );
  const realm = block(
    'map',
    ['$claim', '$realm'],
    [directive('default', 'tenant'), directive('~^(?:token|certificate):', 'off')],
    'A password is asked for where nothing else was shown',
  );
  return [claim, ...(kinds.has('password') ? [realm] : [])];
}

/** Names are compared twice: a map finds them fast but takes ALPHA for alpha, and the expression does not. */
function recognised(credentials: readonly CredentialPlan[], alone: boolean): readonly Directive[] {
  const said = alone ? '$remote_user' : '$claim';
  return [
    map(
      said,
      '$known',
      credentials.map(({ name, kind }) => {
        const text = alone ? name : `${kind}:${name}`;
        return [text, text] as const;
      }),
      'Who the spec names, by the kind of credential that it has there',
    ),
    map(
      `${said}=$known`,
      '$user',
      [[String.raw`~^(?<kind>${alone ? '' : '[a-z]+:'})(?<name>[^=]+)=\k<kind>\k<name>$`, '$name']],
      'The same to the letter: a map does not tell ALPHA from alpha',
    ),
  ];
}

function transport(files: CredentialFiles): readonly Directive[] {
  return [
    directive('ssl_certificate', files.certificate),
    directive('ssl_certificate_key', files.certificateKey),
    directive('ssl_protocols', 'TLSv1.2', 'TLSv1.3'),
    because(
      'Not `on`: passwords and tokens are good here, too. A certificate of another authority is refused.',
      directive('ssl_verify_client', 'optional'),
    ),
    directive('ssl_client_certificate', files.clientAuthority),
    block('if', ['($contradiction)'], [directive('return', '400')]),
  ];
}
