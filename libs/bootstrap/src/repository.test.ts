import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ClusterObject } from './objects.ts';
import { redirect } from './repository.ts';

const url = 'https://git.example.com/fleet.git';
const application = (name: string, repoURL: string): ClusterObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name },
  spec: { source: { repoURL, targetRevision: 'main', path: '.' } },
});
const project = (name: string): ClusterObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name },
  spec: { sourceRepos: [url] },
});
const inputs = {
  cluster: 'lab',
  url,
  root: [project('lab-root'), application('lab', url)],
  rendered: [project('lab'), application('lab-loki', url), application('lab-crds', 'https://example.com/theirs.git')],
};

test('without another repository nothing changes', () => {
  expect(redirect(inputs, {})).toBe(inputs.root);
  expect(redirect(inputs, { url })).toBe(inputs.root);
});

test('the root reads the other repository, and patches what it reads there', () => {
  const [roots, root] = redirect(inputs, { url: 'git://here/fleet.git', revision: 'try' }) as unknown as readonly {
    spec: {
      sourceRepos?: string[];
      source?: {
        repoURL: string;
        targetRevision: string;
        kustomize: { patches: { target: { name: string }; patch: string }[] };
      };
    };
  }[];
  expect(roots!.spec.sourceRepos).toEqual([url, 'git://here/fleet.git']);
  const { repoURL, targetRevision, kustomize } = root!.spec.source!;
  expect([repoURL, targetRevision]).toEqual(['git://here/fleet.git', 'try']);
  expect(kustomize.patches.map(({ target, patch }) => [target.name, parse(patch) as unknown])).toEqual([
    ['lab', [{ op: 'add', path: '/spec/sourceRepos/-', value: 'git://here/fleet.git' }]],
    [
      'lab-loki',
      [
        { op: 'replace', path: '/spec/source/repoURL', value: 'git://here/fleet.git' },
        { op: 'replace', path: '/spec/source/targetRevision', value: 'try' },
      ],
    ],
  ]);
});

test('another revision alone leaves repositories and projects', () => {
  const [roots, root] = redirect(inputs, { revision: 'try' });
  expect(roots).toEqual(inputs.root[0]);
  expect(JSON.stringify(root)).not.toContain('sourceRepos');
});
