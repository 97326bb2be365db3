import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { isEncrypted, TLS_FILES } from '../tls.ts';
import type { ConfigFile, Emit } from '../types.ts';
import { groupsFile, NAMESPACE_PREFIX, ownedGroups, ownersFile, rulersOf, type OwnedGroup } from './index-file.ts';

const INDEX = 'rules-index';

/** Every group of rules as a file, and the lists of who has which: what the program of the base brings into the rulers. */
export const rules: Emit = (plan, _, byHand) => {
  const rulers = rulersOf(plan);
  const groups = [...ownedGroups(plan), ...(byHand?.rules ?? []).filter(({ store }) => rulers.includes(store))];
  const files = groupFiles(groups);
  const text = { configMap: INDEX, hashed: false, form: 'text', comment: '#' } as const;
  return {
    configFiles: [
      { ...text, name: 'owners.txt', text: ownersFile(plan) },
      { ...text, name: 'groups.txt', text: groupsFile(groups) },
      ...files,
    ],
    objectFiles: [],
    patchFiles: [
      {
        name: 'rules.yaml',
        why: 'The rules, a ConfigMap for each namespace of them, and the front door by which they come in.',
        patches: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'rules' },
            spec: {
              template: {
                spec: {
                  containers: [{ name: 'rules', env: environment(plan) }],
                  volumes: [{ name: 'rules', projected: { sources: sourcesOf(files) } }],
                },
              },
            },
          },
        ],
      },
    ],
  };
};

/** Tenants that have the same group share its file; a ConfigMap for each namespace, since one holds a mebibyte. */
function groupFiles(groups: readonly OwnedGroup[]): readonly ConfigFile[] {
  const byFile = new Map(groups.map((group) => [group.file, group]));
  return [...byFile.values()].map(({ file, namespace, store, tenant, value }) => ({
    name: file,
    configMap: configMapOf(namespace, store, tenant),
    hashed: false,
    form: 'yaml',
    value,
  }));
}

/** What somebody writes for a tenant may be large, and is that tenant's. */
function configMapOf(namespace: string, store: string, tenant: string): string {
  const name = namespace.slice(NAMESPACE_PREFIX.length);
  const slug = tenant.toLowerCase().replaceAll(/[^a-z0-9]/g, '-');
  return name.endsWith('-by-hand') ? `rules-${store}-by-hand-${slug}` : `rules-${store}-${name}`;
}

function sourcesOf(files: readonly ConfigFile[]): readonly YamlValue[] {
  const names = [INDEX, ...new Set(files.map(({ configMap }) => configMap))];
  return names.map((name) => ({ configMap: { name } }));
}

function environment({ collection, ...plan }: Plan): readonly YamlValue[] {
  const { gatewayUrl, certificateUrl } = collection;
  return [
    { name: 'GATEWAY_URL', value: gatewayUrl },
    ...(certificateUrl === undefined ? [] : [{ name: 'CERTIFICATE_URL', value: certificateUrl }]),
    ...(isEncrypted({ ...plan, collection }, 'gateway') ? [{ name: 'CA', value: TLS_FILES.ca }] : []),
  ];
}
