import { expect, test } from 'vitest';
import { directivesOf, parseNginx } from './nginx.ts';

const SOURCE = `
# a comment; with { marks }
http {
    log_format requests '{"path":"$uri"}' "\\"$status\\"";
    map $status $noteworthy { ~^[23] 0; default 1; }
    server {
        listen 8080;
        location ~ ^/loki/api/v1/rules(?:/.+)?$ {
            set $upstream \${host}:3100; # the store
            proxy_pass http://$upstream;
        }
    }
}
`;

test('directives have their words without quotes, and the blocks around them', () => {
  const found = directivesOf(parseNginx(SOURCE)).map(({ directive: { name, args }, within }) =>
    [...within.map((block) => block.name), name, ...args.map(({ text }) => text)].join(' '),
  );
  expect(found).toEqual([
    'http',
    'http log_format requests {"path":"$uri"} \\"$status\\"',
    'http map $status $noteworthy',
    'http map ~^[23] 0',
    'http map default 1',
    'http server',
    'http server listen 8080',
    'http server location ~ ^/loki/api/v1/rules(?:/.+)?$',
    'http server location set $upstream ${host}:3100',
    'http server location proxy_pass http://$upstream',
  ]);
});

test('a span is where the word stands', () => {
  const listen = directivesOf(parseNginx(SOURCE)).find(({ directive }) => directive.name === 'listen')?.directive;
  expect(SOURCE.slice(listen?.span.start, listen?.span.end)).toBe('listen 8080');
  expect(SOURCE.slice(listen?.args[0]?.span.start, listen?.args[0]?.span.end)).toBe('8080');
});

test.each(['server {', '}}}', "log_format a 'unclosed", '${', ';;;', '{'.repeat(5000), '"'.repeat(5000)])(
  'what is broken ends: %.20s',
  (source) => {
    expect(directivesOf(parseNginx(source)).length).toBeLessThan(5000);
  },
);
