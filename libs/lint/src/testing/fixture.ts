import { isObject, manifestOf, text, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { plan } from '@lgtm-fleet/plan';
import { clusterSchema, type ClusterSpec } from '@lgtm-fleet/spec';
import { load } from 'js-yaml';
import { lint } from '../engine.ts';
import { applyEdits, editsByFile } from '../fix.ts';
import type { Finding, Rule } from '../types.ts';
import type { ClusterInput, SourceDocument, SourceText } from '../view/cluster.ts';

/** Where a kustomization of a fixture lies in the repository. */
const PATH = 'config.kubernetes.io/path';
const REPOSITORY = 'https://git.example.com/platform/lgtm-fleet.git';

/** The cluster of fixtures that bring no cluster file of their own. */
const DEFAULT_SPEC = {
  apiVersion: 'lgtm-fleet/v1',
  kind: 'Cluster',
  metadata: { name: 'demo' },
  spec: {},
};

export interface FixtureFindings {
  readonly findings: readonly Finding[];
  readonly sourceOf: (file: string) => string | undefined;
}

/**
 * Runs one rule on a fixture: a YAML file whose documents are rendered resources; of kind `Cluster`, the
 * cluster files (the first is linted with the resources, the others are the rest of the fleet); and sources, whose
 * path stands in their annotation `config.kubernetes.io/path`: kustomizations, files below `clusters/<name>/secrets/`, and
 * what machines outside are given, whose text is in `text`.
 * Every document is a file of its own in the findings.
 *
 * @param base the same for the revision before, for rules that compare
 */
export function lintFixture(rule: Rule, fixture: string, base?: string): FixtureFindings {
  const head = read(fixture);
  const before = base === undefined ? undefined : read(base);
  const [main] = head.clusters;
  const clusters = main === undefined ? [] : [{ ...main, ...(before?.clusters[0] && { base: before.clusters[0] }) }];
  const findings = lint(
    {
      clusters: [...clusters, ...head.clusters.slice(1)],
      sources: {
        read: (file) => head.files.get(file),
        filesOf: (folder) => [...head.files.keys()].filter((file) => isOf(folder, file)),
        generated: () => undefined,
      },
    },
    [rule],
  );
  return { findings, sourceOf: (file) => head.files.get(file) };
}

/** The fixture with every fix applied, safe or not; `undefined` where no finding has one. */
export function fixedFixture(rule: Rule, fixture: string): string | undefined {
  const { findings, sourceOf } = lintFixture(rule, fixture);
  const edits = editsByFile(findings, true);
  if (edits.size === 0) return undefined;
  return [...edits].reduce((fixed, [file, own]) => {
    const source = sourceOf(file) ?? '';
    return fixed.replace(source, () => applyEdits(source, own));
  }, fixture);
}

/** Bases belong to every folder; what is below `overlays/` to its own. */
function isOf(folder: string, file: string): boolean {
  return !/^(overlays|clusters)\//.test(file) || file.startsWith(`${folder}/`);
}

interface ReadFixture {
  readonly files: ReadonlyMap<string, string>;
  readonly clusters: readonly ClusterInput[];
}

function read(fixture: string): ReadFixture {
  const documents = fixture
    .split(/^---\n/m)
    .filter((document) => document.trim() !== '')
    .map((source) => ({ source, value: load(source) as Json }));
  const specs = documents.filter(({ value }) => text(value, 'apiVersion') === 'lgtm-fleet/v1');
  const parsed: readonly ClusterSpec[] = (specs.length === 0 ? [DEFAULT_SPEC] : specs.map(({ value }) => value)).map(
    (value) => clusterSchema.parse(value),
  );
  const files = new Map<string, string>();
  specs.forEach(({ source }, index) =>
    files.set(`clusters/${parsed[index]?.metadata.name ?? ''}/cluster.yaml`, source),
  );
  const kustomizations: SourceDocument[] = [];
  const secretFiles: SourceDocument[] = [];
  const edgeFiles: SourceText[] = [];
  const manifests: Manifest[] = [];
  const [first] = parsed;
  for (const { source, value } of documents) {
    if (!isObject(value) || text(value, 'apiVersion') === 'lgtm-fleet/v1') continue;
    const path = text(value, 'metadata', 'annotations', PATH);
    if (path?.includes('/edge/') === true) {
      const content = text(value, 'text') ?? '';
      edgeFiles.push({ file: path, text: content });
      files.set(path, content);
      continue;
    }
    if (path !== undefined) {
      (path.includes('/secrets/') ? secretFiles : kustomizations).push({ file: path, value });
      files.set(path, source);
      continue;
    }
    const folder = folderOf(value, first?.metadata.name ?? '');
    const manifest = manifestOf(value, folder);
    if (manifest === undefined) throw new Error(`a document of the fixture is no object:\n${source}`);
    manifests.push(manifest);
    files.set(`${folder}/${manifest.kind}-${manifest.namespace}-${manifest.name}.yaml`, source);
  }
  const clusters = parsed.map((spec): ClusterInput => {
    const hub = parsed.find(({ metadata }) => metadata.name === spec.spec.hub);
    const planned = plan(spec, { repository: REPOSITORY, ...(hub !== undefined && { hub }) });
    const own = manifests.filter(({ folder }) => folder.split('/')[1] === spec.metadata.name);
    const sources =
      spec === first ? { kustomizations, secretFiles, edgeFiles } : { kustomizations: [], secretFiles: [] };
    return { spec, plan: planned, manifests: own, ...sources };
  });
  return { files, clusters };
}

/** The label `app.kubernetes.io/instance` names the cluster, `app.kubernetes.io/name` the component, where there are any. */
function folderOf(value: Json, cluster: string): string {
  const instance = text(value, 'metadata', 'labels', 'app.kubernetes.io/instance') ?? cluster;
  if ((text(value, 'apiVersion') ?? '').startsWith('argoproj.io/')) return `clusters/${instance}`;
  return `overlays/${instance}/${text(value, 'metadata', 'labels', 'app.kubernetes.io/name') ?? 'component'}`;
}
