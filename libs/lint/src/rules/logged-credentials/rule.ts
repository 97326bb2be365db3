import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { gatewaysOf } from '../../view/nginx-locations.ts';
import { directivesOf, parseNginx } from '../../view/nginx.ts';

/** Headers, and all that has the query string in it. */
const SECRET =
  /\$(?:http_authorization|http_cookie|http_x_api_key|remote_passwd|cookie_\w+|arg_\w+|args|query_string|request_uri|request_body|request)(?!\w)/;

export const rule: Rule = {
  meta: {
    id: 'logged-credentials',
    family: 'tenancy',
    severity: 'error',
    description: 'The access log of the gateway holds what clients sign in with.',
    why: "Logs are collected, kept for weeks and read by many; passwords and tokens in them are everybody's.",
    source: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
  },
  *cluster(cluster) {
    for (const { config } of gatewaysOf(cluster)) {
      for (const { directive } of directivesOf(parseNginx(config.text))) {
        if (directive.name !== 'log_format') continue;
        for (const { text, span } of directive.args.slice(1)) {
          const match = SECRET.exec(text);
          if (match === null) continue;
          // Quotes around it are no part of its text.
          const start = span.start + (span.end - span.start - text.length) / 2 + match.index;
          yield {
            place: inText(config, { start, end: start + match[0].length }),
            message: `\`${match[0]}\` is written to the access log, and may hold credentials`,
            help: 'log `$uri`, `$request_method` and `$remote_user` instead',
          };
        }
      }
    }
  },
};
