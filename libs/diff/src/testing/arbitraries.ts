import type { Json, JsonObject, Manifest } from '@lgtm-fleet/manifests';
import fc from 'fast-check';

/** Names that would do harm where they are pasted. */
export const hostileText = fc.constantFrom(
  '@everyone',
  '`; rm -rf / #',
  '``` \n# heading',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '| a | b |\n|---|---|',
  '<!-- lgtm-fleet: diff -->',
  '-->',
  '</details></code>',
  '${{ secrets.GITHUB_TOKEN }}',
  '::error::x',
  'www.evil.example',
  'someone@example.com',
  '#1 fixes #2',
  '\u202eright to left',
  '\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
);

const KINDS = [
  'StatefulSet',
  'Deployment',
  'ConfigMap',
  'Secret',
  'Namespace',
  'NetworkPolicy',
  'Application',
  'AppProject',
  'CustomResourceDefinition',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'Job',
  'Service',
  'KafkaTopic',
  'Unheard',
];

/** Words that the classes look for, so that random bodies reach far into them. */
const KEYS = [
  'metadata',
  'annotations',
  'labels',
  'name',
  'spec',
  'replicas',
  'template',
  'containers',
  'image',
  'args',
  'volumes',
  'volumeMounts',
  'mountPath',
  'volumeClaimTemplates',
  'resources',
  'requests',
  'storage',
  'data',
  'loki.yaml',
  'mimir.yaml',
  'overrides.yaml',
  'topics.txt',
  'syncPolicy',
  'syncOptions',
  'automated',
  'finalizers',
  'source',
  'path',
  'destination',
  'policyTypes',
  'ingress',
  'selector',
  'matchLabels',
  'versions',
  'served',
  '__proto__',
];

const scalar: fc.Arbitrary<Json> = fc.oneof(
  hostileText,
  fc.constantFrom(
    '395d',
    '0s',
    '10Gi',
    '1024Mi',
    '*',
    'Prune=confirm',
    'limits_config: { retention_period: 1h }',
    'a: [1',
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

export const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), hostileText), tie('value')), { maxLength: 5 })
      // As a parser does: also `__proto__` becomes a field like any other.
      .map((pairs): Json => Object.fromEntries(pairs)),
  ),
})).value;

/** Any object under any name, of a kind that some class looks at. */
export const hostileManifest: fc.Arbitrary<Manifest> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    name: fc.oneof(fc.constantFrom('loki', 'mimir-config-7d2k5m8fgh', 'kafka-topics'), hostileText),
    namespace: fc.oneof(fc.constantFrom('', 'observability'), hostileText),
    labels: fc.constantFrom(
      {},
      { 'app.kubernetes.io/name': 'mimir', 'app.kubernetes.io/component': 'ingester', zone: 'zone-a' },
    ),
    body: json,
  })
  .map(({ kind, name, namespace, labels, body }) => {
    const apiVersion = kind === 'Application' || kind === 'AppProject' ? 'argoproj.io/v1alpha1' : 'apps/v1';
    const own: JsonObject =
      typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject) : { spec: body };
    return {
      apiVersion,
      kind,
      name,
      namespace,
      folder: 'overlays/prod-eu/x',
      body: { metadata: { name, labels }, ...own },
    };
  });
