import { checkLogql } from '@lgtm-fleet/queries';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileSelector, isOfPods, logPath } from './paths.ts';

test.each([
  ['/var/log/nginx/*.log', { path: '/var/log/nginx/*.log', os: 'linux' }],
  [String.raw`C:\Logs\*.log`, { path: String.raw`C:\Logs\*.log`, os: 'windows' }],
  ['d:/logs/app.log', { path: String.raw`d:\logs\app.log`, os: 'windows', how: 'written `d:\\logs\\app.log`' }],
])('%s is a path of a machine', (written, expected) => {
  expect(logPath(written)).toEqual(expected);
});

test.each([
  '${HOME}/app.log',
  String.raw`%ProgramData%\app.log`,
  '{{ .Path }}',
  'logs/app.log',
  '/var/log/a\nb',
  '/a"b',
  '',
])('%j is none', (written) => {
  expect(Object.keys(logPath(written))).toEqual(['why']);
});

test('files of pods are told from other files of a node', () => {
  expect(['/var/log/pods/*/*/*.log', '/host/var/log/containers/*.log'].map(isOfPods)).toEqual([true, true]);
  expect(['/var/log/syslog', '/srv/pods/a.log'].map(isOfPods)).toEqual([false, false]);
});

test('how to ask for the lines of a path is a selector of Loki, and finds the path itself', () => {
  const step = fc.stringMatching(/^[\w .+()$^-]{1,12}$/);
  const glob = fc.constantFrom('*', '**', 'app?', '*.log', '{a,b}', '[0-9]');
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      fc.option(glob),
      fc.boolean(),
      (steps, end, windows) => {
        const all = end === null ? steps : [...steps, end];
        const path = windows ? `C:\\${all.join('\\')}` : `/${all.join('/')}`;
        const selector = fileSelector(path);
        expect(checkLogql(`{job="web", ${selector}}`).filter(({ severity }) => severity === 'error')).toEqual([]);
        const [, operator, text = ''] = /^filename(=~?)"([^]*)"$/.exec(selector) ?? [];
        const value = text.replaceAll('\\\\', '\\');
        if (operator === '=') expect(value).toBe(path);
        else expect(new RegExp(`^(?:${value})$`).test(path)).toBe(true);
      },
    ),
  );
});
