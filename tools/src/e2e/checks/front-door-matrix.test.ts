import { expect, test } from 'vitest';
import type { Users } from '../users.ts';
import { expectations, fault, type Expected } from './front-door-matrix.ts';

const password = (tenant: string) => ({ tenant, password: `of-${tenant}` });
const users: Users = {
  alpha: password('alpha'),
  beta: password('beta'),
  gamma: { ...password('gamma'), kind: 'token' },
  courier: { ...password('courier'), kind: 'token' },
  both: password('both'),
};
const page = (status: number) => ({
  status,
  text: `<html><center><h1>${String(status)}</h1></center><hr><center>nginx</center>`,
});

test('there are more than two hundred requests, of all users, no two alike', () => {
  const all = expectations(users);
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(all.map(({ who, asked }) => `${who} ${asked.method} ${asked.path}`)).size).toBe(all.length);
  expect(all.filter(({ refusal }) => refusal === undefined).length).toBeGreaterThan(50);
  for (const user of Object.keys(users)) expect(all.some(({ who }) => who === user)).toBe(true);
});

test('a writer reads nothing, and a reader changes nothing', () => {
  const allowed = (user: string) =>
    expectations(users).flatMap(({ who, asked, refusal }) => (who === user && refusal === undefined ? [asked] : []));
  expect(allowed('courier').every(({ method }) => method !== 'GET')).toBe(true);
  expect(allowed('both').every(({ method }) => method === 'GET')).toBe(true);
  expect(allowed('both').length).toBeGreaterThan(4);
});

const stranger: Expected = {
  who: 'nobody',
  as: undefined,
  asked: { method: 'GET', path: '/ring' },
  refusal: [403, 404],
};
const tenant: Expected = { who: 'alpha', as: users.alpha, asked: { method: 'GET', path: '/loki/api/v1/labels' } };

test.each([
  ['a refusal of the gateway', stranger, page(404), true],
  ['an error of the store where the gateway should have refused', stranger, { status: 404, text: 'not found' }, false],
  ['an answer where the gateway should have refused', stranger, { status: 200, text: 'ring' }, false],
  ['another refusal', stranger, page(401), false],
  ['an answer of the store', tenant, { status: 200, text: '{}' }, true],
  ['an error of the store', tenant, { status: 404, text: 'no rule groups found' }, true],
  ['a refusal of one who may', tenant, page(403), false],
  ['a store that the gateway does not reach', tenant, page(502), false],
])('%s', (_, expected, answer, right) => {
  expect(fault(expected, answer) === undefined).toBe(right);
});
