import { describe, expect, it } from 'vitest';
import { dependencyWalk } from './dependencies.ts';

const files: Record<string, string> = {
  'overlays/home-lab/loki/kustomization.yaml': `
resources: [../../../base/loki, network-policies.yaml, https://example.com/remote//x?ref=v1]
components: [../../../base/loki/variants/monolithic]
patches:
  - path: patches/replicas.yaml
  - patch: |
      - op: remove
        path: /spec
    target: { kind: Service }
configMapGenerator:
  - name: loki-config
    files: [loki.yaml, other.yaml=loki-other.yaml]
`,
  'overlays/home-lab/loki/network-policies.yaml': '',
  'overlays/home-lab/loki/patches/replicas.yaml': '',
  'overlays/home-lab/loki/loki.yaml': '',
  'base/loki/kustomization.yaml': 'resources: [service.yaml]',
  'base/loki/service.yaml': '',
  'base/loki/variants/monolithic/kustomization.yaml': 'kind: Component\nresources: [../../ingester]\n',
  'base/loki/variants/distributed/kustomization.yaml': 'kind: Component\n',
  'base/loki/ingester/kustomization.yml': '# nothing in it\n',
};

describe('dependencyWalk', () => {
  const walk = dependencyWalk((path) => files[path]);

  it('reaches what resources and components name, and nothing else', () => {
    expect(walk('overlays/home-lab/loki').folders).toEqual([
      'base/loki',
      'base/loki/ingester',
      'base/loki/variants/monolithic',
      'overlays/home-lab/loki',
    ]);
  });

  it('lists every file that is named, generators and patches too', () => {
    expect(walk('overlays/home-lab/loki/').files).toEqual([
      'base/loki/ingester/kustomization.yml',
      'base/loki/kustomization.yaml',
      'base/loki/service.yaml',
      'base/loki/variants/monolithic/kustomization.yaml',
      'overlays/home-lab/loki/kustomization.yaml',
      'overlays/home-lab/loki/loki.yaml',
      'overlays/home-lab/loki/network-policies.yaml',
      'overlays/home-lab/loki/patches/replicas.yaml',
    ]);
  });

  it('names what does not exist', () => {
    expect(walk('overlays/home-lab/loki').missing).toEqual(['overlays/home-lab/loki/loki-other.yaml']);
    expect(walk('overlays/nobody')).toEqual({ folders: [], files: [], missing: ['overlays/nobody'] });
  });

  it('ends where kustomizations name each other', () => {
    const circle: Record<string, string> = {
      'a/kustomization.yaml': 'resources: [../b]',
      'b/kustomization.yaml': 'resources: [../a]',
    };
    expect(dependencyWalk((path) => circle[path])('a').folders).toEqual(['a', 'b']);
  });

  it('reads a shared base once', () => {
    const read: string[] = [];
    const counting = dependencyWalk((path) => {
      read.push(path);
      return files[path];
    });
    counting('overlays/home-lab/loki');
    const before = read.length;
    counting('overlays/home-lab/loki', 'base/loki');
    expect(read).toHaveLength(before);
  });
});

it.each([
  ['a broken bracket', 'resources: [a'],
  ['an alias of nothing', 'resources: [*a]'],
])('%s is said with the file that has it', (_, text) => {
  const walk = dependencyWalk((path) => (path === 'base/a/kustomization.yaml' ? text : undefined));
  expect(() => walk('base/a')).toThrow(/^base\/a\/kustomization\.yaml is not YAML: /);
});
