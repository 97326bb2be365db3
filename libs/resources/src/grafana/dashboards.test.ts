import { dashboardsOf, folders } from '@lgtm-fleet/dashboards';
import { examplePlan, hubPlans } from '@lgtm-fleet/plan/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboardFiles } from './dashboards.ts';

interface Providers {
  readonly providers: readonly {
    readonly name: string;
    readonly orgId?: string;
    readonly folder: string;
    readonly folderUid: string;
    readonly allowUiUpdates: boolean;
    readonly options: { readonly path: string };
  }[];
}

const providersOf = (name: string): Providers['providers'] => {
  const file = dashboardFiles(examplePlan(name)).find((one) => one.name === 'dashboards.yaml');
  return file?.form === 'yaml' ? (file.value as unknown as Providers).providers : [];
};

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

/** Where the pods of a variant have their ConfigMaps. */
function mountsOf(variant: string): ReadonlyMap<string, Mount> {
  const path = join(import.meta.dirname, '../../../../base/grafana/variants', variant);
  const { spec } = parse(readFileSync(path, 'utf8')) as {
    readonly spec: {
      readonly template: {
        readonly spec: {
          readonly containers: readonly { readonly volumeMounts: readonly Mount[] }[];
          readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
        };
      };
    };
  };
  const { containers, volumes } = spec.template.spec;
  return new Map(
    volumes.flatMap(({ name, configMap }) => {
      const mount = containers[0]?.volumeMounts.find((one) => one.name === name);
      return configMap === undefined || mount === undefined ? [] : [[configMap.name, mount] as const];
    }),
  );
}

describe('the files of dashboards', () => {
  it.each(hubPlans().map((plan) => [plan.cluster, plan] as const))('hold every page of %s, as JSON', (_, plan) => {
    const files = dashboardFiles(plan).filter(({ form }) => form === 'json');
    expect(files.map(({ key }) => key)).toEqual(dashboardsOf(plan).map(({ page }) => `${page.uid}.json`));
    for (const file of files) {
      expect(file.configMap).toBe(`grafana-dashboards-${file.name.split('/')[1] ?? ''}`);
      expect(file.hashed, 'Grafana reads it again').toBe(false);
      expect(file.form === 'json' && file.headerIn).toBe('description');
    }
  });

  it.each(['sqlite/stateful-set.yaml', 'postgres/deployment.yaml'])('are mounted where %s says', (variant) => {
    const mounts = mountsOf(variant);
    for (const { name } of folders)
      expect(mounts.get(`grafana-dashboards-${name}`)).toMatchObject({
        mountPath: `/etc/grafana-dashboards/${name}`,
        readOnly: true,
      });
    expect(mounts.get('grafana-dashboard-providers')?.mountPath).toBe('/etc/grafana-provisioning/dashboards');
  });
});

describe('who has which folder', () => {
  it('is everybody of a cluster with one tenant, and nobody changes a page', () => {
    const providers = providersOf('startup');
    expect(providers.map(({ folder, folderUid, orgId }) => [folder, folderUid, orgId])).toEqual([
      ['LGTM Fleet', 'lgtm-fleet', undefined],
      ['Kubernetes', 'lgtm-kubernetes', undefined],
      ['Services', 'lgtm-services', undefined],
    ]);
    expect(providers.some(({ allowUiUpdates }) => allowUiUpdates)).toBe(false);
    expect(providers.map(({ options }) => options.path)).toEqual(
      ['fleet', 'kubernetes', 'services'].map((name) => `/etc/grafana-dashboards/${name}`),
    );
  });

  it('is the main organisation for what is about the stack, and each tenant and reader for the rest', () => {
    const providers = providersOf('prod-eu');
    const byOrganisation = Map.groupBy(providers, ({ orgId = 'main' }) => orgId);
    expect([...byOrganisation].map(([orgId, own]) => [orgId, own.map(({ folder }) => folder)])).toEqual([
      ['main', ['LGTM Fleet', 'Kubernetes', 'Services']],
      ...['platform', 'payments', 'sre'].map((name) => [
        `$__file{/etc/grafana-organisations/${name}}`,
        ['Kubernetes', 'Services'],
      ]),
    ]);
    const names = providers.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});
