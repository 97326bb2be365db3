import { expect, test } from 'vitest';
import { differences, type Rights } from './access.ts';

const everybody: Rights = {
  resourceRules: [{ verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectrulesreviews'] }],
  nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/version'] }],
};
const pods = { group: '', resources: ['pods'], verbs: ['list', 'watch'], why: 'finds the pods of its node' };
const with_ = (...rules: NonNullable<Rights['resourceRules']>): Rights => ({
  ...everybody,
  resourceRules: [...rules, ...(everybody.resourceRules ?? [])],
});

test('what is declared and what everybody may do is right, in however many rules', () => {
  expect(differences([], everybody, everybody)).toEqual([]);
  expect(
    differences([pods], with_({ verbs: ['watch', 'list'], apiGroups: [''], resources: ['pods'] }), everybody),
  ).toEqual([]);
  const parted = ['list', 'watch'].map((verb) => ({ verbs: [verb], apiGroups: [''], resources: ['pods'] }));
  expect(differences([pods], with_(...parted), everybody)).toEqual([]);
});

test.each([
  ['a verb', { verbs: ['list', 'watch', 'delete'], apiGroups: [''], resources: ['pods'] }, ['may delete pods']],
  ['every verb', { verbs: ['*', 'list', 'watch'], apiGroups: [''], resources: ['pods'] }, ['may * pods']],
  [
    'a resource',
    { verbs: ['list', 'watch'], apiGroups: [''], resources: ['pods', 'secrets'] },
    ['may list secrets', 'may watch secrets'],
  ],
  [
    'a group',
    { verbs: ['list', 'watch'], apiGroups: ['', 'apps'], resources: ['pods'] },
    ['may list pods.apps', 'may watch pods.apps'],
  ],
])('%s more is seen', (_, rule, faults) => {
  expect(differences([pods], with_(rule), everybody)).toEqual(faults);
});

test('a right that is not there is seen, also where it is there for one object alone', () => {
  expect(differences([pods], everybody, everybody)).toEqual(['may not list pods', 'may not watch pods']);
  const one = with_({ verbs: ['list', 'watch'], apiGroups: [''], resources: ['pods'], resourceNames: ['loki-0'] });
  expect(differences([pods], one, everybody)).toContain('may not list pods');
  expect(differences([pods], one, everybody)).toContain('may list pods called loki-0');
});

test('a path more is seen', () => {
  const paths: Rights = { ...everybody, nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/metrics'] }] };
  expect(differences([], paths, everybody)).toEqual(['may get /metrics']);
});
