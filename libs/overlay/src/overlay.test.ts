import { plan, serviceOf, type Plan } from '@lgtm-fleet/plan';
import { emitters } from '@lgtm-fleet/resources';
import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse as parseYaml1, parseAllDocuments } from 'yaml';
import { applicationFiles } from './applications.ts';
import { edgeFiles } from './edge.ts';
import { GENERATED } from './header.ts';
import { networkPolicies } from './network-policies.ts';
import { overlayFiles } from './overlay.ts';
import { thirdParties } from './third-parties.ts';

const fleet = { repository: 'https://git.example.com/fleet.git' };

function treeOf(planned: Plan): ReadonlyMap<string, string> {
  const overlays = planned.components.flatMap((component) => [
    ...overlayFiles(planned, component, emitters[component.name](planned, component), {
      patches: false,
      secrets: false,
    }),
  ]);
  return new Map([...overlays, ...edgeFiles(planned), ...applicationFiles(planned, ({ name }) => [`base/${name}`])]);
}

function law(runs: number, check: (planned: Plan) => void): void {
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      check(plan(cluster, fleet));
    }),
    { numRuns: runs },
  );
}

test('the same plan gives the same bytes', () => {
  law(15, (planned) => {
    expect([...treeOf(planned)]).toEqual([...treeOf(planned)]);
  });
});

test('every file says that it is generated, and from which spec', () => {
  law(15, (planned) => {
    for (const [path, text] of treeOf(planned))
      expect(text.slice(0, 200), path).toContain(`${GENERATED} from clusters/${planned.cluster}/cluster.yaml`);
  });
});

test('no file holds a date, a path of this machine or a random value of another run', () => {
  law(15, (planned) => {
    for (const [path, text] of treeOf(planned))
      expect(text, path).not.toMatch(/\/home\/|\/root\/|\/tmp\/[a-z]+-[A-Za-z0-9]{6}|20\d\d-\d\d-\d\dT/);
  });
});

test('every YAML file is read alike by YAML 1.1 and 1.2', () => {
  law(15, (planned) => {
    for (const [path, text] of treeOf(planned)) {
      if (!/\.ya?ml$/.test(path)) continue;
      const modern = parseAllDocuments(text).map((document) => document.toJS() as unknown);
      const old = text.split(/^---\n/m).map((part) => parseYaml1(part, { version: '1.1' }) as unknown);
      expect(old, path).toEqual(modern);
    }
  });
});

test('names are DNS names and no two objects of a kind share one', () => {
  law(25, (planned) => {
    const applications = [
      ...planned.components.map(({ name }) => name),
      ...thirdParties(planned).map(({ name }) => name),
    ].map((name) => `${planned.cluster}-${name}`);
    const workloads = planned.components.flatMap((component) => component.workloads.map(({ name }) => name));
    for (const names of [applications, workloads]) {
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    }
  });
});

interface Rule {
  readonly from?: readonly unknown[];
  readonly to?: readonly unknown[];
  readonly ports?: readonly { readonly port: number }[];
}

test('every connection between pods has a Service and is let through by a policy on both sides', () => {
  law(25, (planned) => {
    const policies = new Map(
      planned.components
        .flatMap((component) => networkPolicies(planned, component))
        .map(({ object }) => [
          object.metadata.name,
          object.spec as { readonly ingress?: readonly Rule[]; readonly egress?: readonly Rule[] },
        ]),
    );
    const names = (component: string, role: string) =>
      planned.components
        .flatMap(({ workloads }) => workloads)
        .find((workload) => workload.component === component && workload.role === role)?.name ?? '';
    const opens = (rules: readonly Rule[] = [], port: number, component: string, role: string) =>
      rules.some(
        (rule) =>
          rule.ports?.some((open) => open.port === port) === true &&
          [...(rule.from ?? []), ...(rule.to ?? [])].some((peer) => {
            const text = JSON.stringify(peer);
            return (
              text.includes(`"gossip":"${component}"`) ||
              (text.includes(`"app.kubernetes.io/name":"${component}"`) &&
                text.includes(`"app.kubernetes.io/component":"${role}"`))
            );
          }),
      );
    for (const { from, to, port, service } of planned.connections) {
      if (from.kind !== 'pods' || to.kind !== 'pods') continue;
      const label = `${serviceOf(from)} → ${serviceOf(to)}:${String(port)}`;
      expect(service, label).toBeDefined();
      expect(opens(policies.get(names(from.component, from.role))?.egress, port, to.component, to.role), label).toBe(
        true,
      );
      expect(opens(policies.get(names(to.component, to.role))?.ingress, port, from.component, from.role), label).toBe(
        true,
      );
    }
  });
});

test('a hand-written patch comes last, so that it has the last word', () => {
  law(10, (planned) => {
    for (const component of planned.components) {
      const files = overlayFiles(planned, component, emitters[component.name](planned, component), {
        patches: true,
        secrets: true,
      });
      const kustomization = parseYaml1(
        files.get(`overlays/${planned.cluster}/${component.name}/kustomization.yaml`) ?? '',
      ) as { readonly components: readonly string[] };
      expect(kustomization.components.at(-1)).toBe(`../../../clusters/${planned.cluster}/patches/${component.name}`);
    }
  });
});
