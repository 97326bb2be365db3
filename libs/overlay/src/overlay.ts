import type { ComponentPlan, Plan } from '@lgtm-fleet/plan';
import type { ComponentResources, ConfigFile, PatchFile } from '@lgtm-fleet/resources';
import { stringify, stringifyAll, stringifyJson, type YamlValue } from '@lgtm-fleet/yaml';
import { certificateFile } from './certificates.ts';
import { ciliumPolicies } from './cilium-policies.ts';
import { commented, header, plainHeader } from './header.ts';
import { networkPolicies } from './network-policies.ts';
import { planPatches, replicas } from './patches.ts';
import type { FileTree } from './types.ts';

/** Components of which the overlay is everything: there is nothing that all clusters share. */
const WITHOUT_BASE: ReadonlySet<string> = new Set(['secrets']);

/** Files of `overlays/<cluster>/<component>/`. */
export function overlayFiles(
  plan: Plan,
  component: ComponentPlan,
  own: ComponentResources,
  handWritten: HandWritten,
): FileTree {
  const folder = `overlays/${plan.cluster}/${component.name}`;
  const files = new Map<string, string>();
  const policies = networkPolicies(plan, component);
  const byName = ciliumPolicies(plan, component);
  const patchFiles = [...planPatches(plan, component), ...own.patchFiles];
  const patched = patchFiles.length > 0 || component.releases.length > 0;
  const objectFiles = [...own.objectFiles, ...certificateFile(plan, component)];
  const objectNames = [
    ...objectFiles.map(({ name }) => name),
    ...(policies.length > 0 ? ['network-policies.yaml'] : []),
    ...(byName.length > 0 ? ['cilium-network-policies.yaml'] : []),
  ];

  files.set(
    `${folder}/kustomization.yaml`,
    kustomization(plan, component, own.configFiles, objectNames, { patched, handWritten }),
  );
  for (const { name, why, objects } of objectFiles)
    files.set(
      `${folder}/${name}`,
      stringifyAll(
        objects.map((value) => ({ value })),
        header(plan, why),
      ),
    );
  const policyFiles = [
    [
      'network-policies.yaml',
      'Who may talk to whom: the connection graph of the plan, and nothing beside it.',
      policies,
    ],
    [
      'cilium-network-policies.yaml',
      'Who may leave the cluster, and to which names: the connection graph again.',
      byName,
    ],
  ] as const;
  for (const [name, why, list] of policyFiles)
    if (list.length > 0)
      files.set(
        `${folder}/${name}`,
        stringifyAll(
          list.map(({ object, comments }) => ({ value: object, comments })),
          header(plan, why),
        ),
      );
  if (patched) files.set(`${folder}/patches/kustomization.yaml`, patchesKustomization(plan, component, patchFiles));
  for (const { name, why, patches } of patchFiles)
    files.set(
      `${folder}/patches/${name}`,
      stringifyAll(
        patches.map((value) => ({ value })),
        header(plan, why),
      ),
    );
  for (const file of own.configFiles) files.set(`${folder}/${file.name}`, configText(plan, file));
  return files;
}

/** What a person has written for a component beside what is generated. */
export interface HandWritten {
  /** `clusters/<cluster>/patches/<component>/` is there. */
  readonly patches: boolean;
  /** `clusters/<cluster>/secrets/` is there; of the component `secrets` alone. */
  readonly secrets: boolean;
}

interface Patched {
  readonly patched: boolean;
  readonly handWritten: HandWritten;
}

function kustomization(
  plan: Plan,
  component: ComponentPlan,
  configFiles: readonly ConfigFile[],
  objectFiles: readonly string[],
  { patched, handWritten }: Patched,
): string {
  const release = component.releases[0];
  const { base, sealed, variants, patches } = foldersRead(plan, component, handWritten);
  const resources = [...base.map(fromOverlay), ...sealed.map(fromOverlay), ...objectFiles];
  const components = [...variants.map(fromOverlay), ...(patched ? ['patches'] : []), ...patches.map(fromOverlay)];
  const podLabels = [...new Set(component.workloads.map(({ kind }) => kind))]
    .toSorted()
    .map((kind) => ({ path: 'spec/template/metadata/labels', kind, create: true }));
  const value: Record<string, YamlValue> = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...(component.name !== 'namespaces' && component.name !== 'secrets' && { namespace: component.namespace }),
    resources,
    ...(components.length > 0 && { components }),
    ...(configFiles.length > 0 && { configMapGenerator: generators(configFiles) }),
    labels: [
      // On objects only. Pods have their name from the base, where their selectors are.
      {
        pairs: {
          'app.kubernetes.io/name': component.name,
          ...(release !== undefined && { 'app.kubernetes.io/version': plan.releases[release].version }),
        },
      },
      {
        pairs: {
          'app.kubernetes.io/instance': plan.cluster,
          'app.kubernetes.io/part-of': 'lgtm-fleet',
          'app.kubernetes.io/managed-by': 'argocd',
        },
        ...(podLabels.length > 0 && { fields: podLabels }),
      },
    ],
  };
  const why = `The component ${component.name} of ${plan.cluster}: Argo CD's Application ${plan.cluster}-${component.name} syncs this folder.`;
  return stringify(value, {
    header: header(plan, why),
    // Claims can never change: with the Kustomize of a newer Argo CD no StatefulSet could be synced any more.
    ...(podLabels.length > 0 && {
      comments: {
        'labels/1/fields': 'Not includeTemplates: Kustomize up to 5.8.1 puts labels on claims too then, 5.8.2 does not',
      },
    }),
  });
}

export interface FoldersRead {
  readonly base: readonly string[];
  /** SealedSecrets that a person commits. */
  readonly sealed: readonly string[];
  readonly variants: readonly string[];
  readonly patches: readonly string[];
}

/** Folders outside an overlay that its kustomization names, from the repository's root. */
export function foldersRead(plan: Plan, { name, variants }: ComponentPlan, handWritten: HandWritten): FoldersRead {
  // Files of SOPS stay out: applied as they are, they would fill Secrets with ciphertext.
  const sealed = name === 'secrets' && handWritten.secrets && plan.secretSource.kind === 'sealed-secrets';
  return {
    base: WITHOUT_BASE.has(name) ? [] : [`base/${name}`],
    sealed: sealed ? [`clusters/${plan.cluster}/secrets`] : [],
    variants: variants.map((variant) => `base/${name}/variants/${variant}`),
    patches: handWritten.patches ? [`clusters/${plan.cluster}/patches/${name}`] : [],
  };
}

function fromOverlay(path: string): string {
  return `../../../${path}`;
}

function generators(configFiles: readonly ConfigFile[]): YamlValue {
  const names = [...new Set(configFiles.map(({ configMap }) => configMap))];
  return names.map((name) => {
    const own = configFiles.filter(({ configMap }) => configMap === name);
    const hashed = own.every((file) => file.hashed);
    return {
      name,
      files: own.map(({ name: file, key }) => (key === undefined ? file : `${key}=${file}`)),
      options: {
        // Read again by the running program, so its name must stay.
        ...(!hashed && { disableNameSuffixHash: true }),
        labels: { 'app.kubernetes.io/component': 'config' },
      },
    };
  });
}

/** Kept as a Component of their own so that the hand-written patches, which come after it, have the last word. */
function patchesKustomization(plan: Plan, component: ComponentPlan, patchFiles: readonly PatchFile[]): string {
  const counts = replicas(plan, component);
  const value: Record<string, YamlValue> = {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    ...(component.releases.length > 0 && { images: component.releases.map((name) => image(plan, name)) }),
    ...(counts.length > 0 && { replicas: counts.map(({ name, count }) => ({ name, count })) }),
    ...(patchFiles.length > 0 && { patches: patchFiles.map(({ name }) => ({ path: name })) }),
  };
  return stringify(value, {
    header: header(
      plan,
      'What this cluster has its own: images, replicas and small patches, each with one reason to change.',
    ),
  });
}

function image(plan: Plan, name: ComponentPlan['releases'][number]): YamlValue {
  const release = plan.releases[name];
  return { name: release.image ?? name, newTag: release.tag };
}

function configText(plan: Plan, file: ConfigFile): string {
  const why = file.hashed
    ? `Becomes ConfigMap ${file.configMap}; its name carries a hash, so a change rolls the pods.`
    : `Becomes ConfigMap ${file.configMap}; the running program reads it again by itself.`;
  const lines = header(plan, why);
  if (file.form === 'text') return `${commented(lines, file.comment)}\n${file.text}`;
  if (file.form === 'json') {
    const { [file.headerIn]: said, ...rest } = file.value;
    const head = plainHeader(plan, typeof said === 'string' ? said : undefined);
    return stringifyJson({ [file.headerIn]: head.join('\n'), ...rest });
  }
  return stringify(file.value, { header: lines, ...(file.comments !== undefined && { comments: file.comments }) });
}
