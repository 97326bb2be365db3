import type { Plan } from '@lgtm-fleet/plan';
import { parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { grafana } from './grafana/resources.ts';
import { loki } from './loki/resources.ts';
import { mimir } from './mimir/resources.ts';
import { tempoConfig } from './tempo/config.ts';
import { tempo } from './tempo/resources.ts';
import { cloudPlans, planOn, storages } from './testing/clouds.ts';
import { yamlFiles } from './testing/plans.ts';

const emitters = { loki, mimir, tempo } as const;

/** What a store's main file says, as it is read. */
function configOf(plan: Plan, store: keyof typeof emitters): unknown {
  const [config] = yamlFiles(emitters[store], plan, store);
  return parseAllDocuments(config?.text ?? '')[0]?.toJS();
}

/** What the copy of Grafana's database is told. */
function backupOf(plan: Plan): unknown {
  const component = plan.components.find(({ name }) => name === 'grafana')!;
  const file = grafana(plan, component).configFiles.find(({ configMap }) => configMap === 'grafana-backup');
  return file?.form === 'yaml' ? file.value : undefined;
}

/** Every text in it. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

describe.each(cloudPlans)('%s', (_, plan) => {
  const configs = [...(['loki', 'mimir', 'tempo'] as const).map((store) => configOf(plan, store)), backupOf(plan)];

  it('keeps every bucket of the plan, each once', () => {
    const said = configs.flatMap(texts);
    for (const bucket of Object.values(plan.buckets)) expect(said.filter((text) => text === bucket)).toEqual([bucket]);
  });

  it('has keys by the environment alone, and none with workload identity', () => {
    const names = plan.secrets.find(({ name }) => name === 'object-storage')?.keys ?? [];
    const read = configs.flatMap(texts).flatMap((text) => /^\$\{([A-Z_]+_KEY\w*)\}$/.exec(text)?.[1] ?? []);
    const file = plan.objectStorage.kind === 'gcs';
    expect(new Set(read)).toEqual(new Set(file ? [] : names));
    expect(JSON.stringify(configs)).not.toMatch(/service_account|connection_string/);
  });

  it('is taken by the model of Tempo', () => {
    expect(() => tempoConfig.parse(configs[2])).not.toThrow();
  });
});

describe('Azure', () => {
  const plan = planOn('azure by workload identity');

  it('names no managed identity: Loki and Mimir would ask the node for it, not Entra with the token of the pod', () => {
    for (const store of ['loki', 'mimir', 'tempo'] as const)
      expect(JSON.stringify(configOf(plan, store))).not.toMatch(/user_assigned_id|use_managed_identity/);
  });

  it('tells Tempo of the token, which it would not look for', () => {
    const { storage } = tempoConfig.parse(configOf(plan, 'tempo'));
    expect(storage.trace).toMatchObject({ backend: 'azure', azure: { use_federated_token: true } });
    const keyed = tempoConfig.parse(configOf(planOn('azure with a key'), 'tempo')).storage.trace;
    expect(JSON.stringify(keyed)).not.toContain('use_federated_token');
  });

  it('is called in TLS: to any other beginning Tempo speaks plain HTTP', () => {
    for (const endpoint_suffix of ['z01.blob.storage.azure.net', 'core.windows.net'])
      expect(() =>
        tempoConfig.shape.storage.parse({
          trace: {
            backend: 'azure',
            azure: { storage_account_name: 'acme', container_name: 'acme', endpoint_suffix },
          },
        }),
      ).toThrow('blob.');
  });
});

it('every kind has a way with keys and one without', () => {
  const seen = Object.values(storages).flatMap((storage) =>
    Object.entries(storage).map(([kind, { auth = 'secret' }]: [string, { auth?: string }]) => `${kind} ${auth}`),
  );
  for (const kind of ['s3', 'gcs', 'azure'])
    for (const auth of ['secret', 'workload-identity']) expect(seen).toContain(`${kind} ${auth}`);
});
