import { workloadOf, type Manifest, type Workload } from '@lgtm-fleet/manifests';
import type { Plan } from '@lgtm-fleet/plan';
import type { Argv } from './runbook-shell.ts';

/** What a command of kubectl may name on one cluster. */
export interface KnownCluster {
  readonly plan: Plan;
  readonly manifests: readonly Manifest[];
  readonly workloads: readonly Workload[];
}

export function knownCluster(plan: Plan, manifests: readonly Manifest[]): KnownCluster {
  return { plan, manifests, workloads: manifests.flatMap((manifest) => workloadOf(manifest) ?? []) };
}

const VERBS =
  'get describe logs exec port-forward delete rollout scale annotate label patch apply diff kustomize top cordon uncordon drain create run config set';
/** Flags whose value is the next word. */
const VALUED = ['-n', '--namespace', '-l', '--selector', '-o', '-L', '--container', '--field-selector', '--patch'];
/** Kinds that commands name, by every spelling of them here. */
const KINDS: Readonly<Record<string, string>> = {
  pod: 'Pod',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  service: 'Service',
  networkpolicy: 'NetworkPolicy',
  horizontalpodautoscaler: 'HorizontalPodAutoscaler',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  secret: 'Secret',
  application: 'Application',
};
const OTHERS =
  'node persistentvolume namespace event storageclass resourcequota configmap httproute ingress endpointslice certificate certificaterequest order challenge clusterissuer externalsecret lease serviceaccount';

/** A word in capitals is the reader's to fill in. */
const isBlank = (word: string): boolean => /^[A-Z]{3,}$/.test(word);
const kindOf = (word: string): string =>
  ({ networkpolicies: 'networkpolicy', storageclasses: 'storageclass', ingresses: 'ingress' })[word] ??
  word.replace(/s$/, '');

/** What is wrong with a command, in words; nothing where all that it names is there. */
export function faultsOf(argv: Argv, known: KnownCluster): readonly string[] {
  const { flags, words } = parted(argv);
  const [verb = '', ...rest] = words;
  if (!VERBS.split(' ').includes(verb)) return [`kubectl has no '${verb}' here`];
  if (verb === 'kustomize') return rest.flatMap((folder) => folderFaults(folder, known));
  const namespace = flags.get('--namespace');
  const everywhere = flags.has('--all-namespaces');
  return [
    ...namespaceFaults(namespace, known),
    ...rest.flatMap((word, index) => wordFaults(word, rest[index - 1], namespace, known)),
    ...selectorFaults(flags.get('-l'), everywhere ? undefined : namespace, known),
    ...containerFaults(flags.get('--container'), rest, known),
    ...(verb === 'port-forward' ? portFaults(rest, known) : []),
  ];
}

/** Flags with their values, and everything else, up to `--`. */
export function parted([, ...args]: Argv): {
  readonly flags: ReadonlyMap<string, string>;
  readonly words: readonly string[];
} {
  const flags = new Map<string, string>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-')) words.push(word);
    else if (VALUED.includes(word)) flags.set(word, args[(index += 1)] ?? '');
    else flags.set(word.split('=')[0] ?? '', word.split('=').slice(1).join('='));
  }
  return { flags, words };
}

/** What Argo CD reads for a component. */
function folderFaults(folder: string, { plan }: KnownCluster): readonly string[] {
  const there = plan.components.some(({ name }) => folder === `overlays/${plan.cluster}/${name}`);
  return there ? [] : [`there is no folder ${folder}`];
}

function namespaceFaults(namespace: string | undefined, { plan }: KnownCluster): readonly string[] {
  const there: readonly string[] = [
    'argocd',
    'kube-system',
    'kube-node-lease',
    ...plan.components.map((component) => component.namespace),
  ];
  return namespace === undefined || isBlank(namespace) || there.includes(namespace)
    ? []
    : [`there is no namespace ${namespace}`];
}

/** `pod/loki-0`, or a name after its kind. */
function wordFaults(
  word: string,
  before: string | undefined,
  namespace: string | undefined,
  known: KnownCluster,
): readonly string[] {
  if (/^[a-z]+(,[a-z]+)+$/.test(word))
    return word.split(',').flatMap((one) => (isKind(one) ? [] : [`no kind '${one}'`]));
  const [kind = '', name] = word.includes('/') ? word.split('/') : [before ?? '', word];
  if (name === undefined || name.includes('=') || name.endsWith('-') || isBlank(name)) return [];
  const real = KINDS[kindOf(kind)];
  if (real === undefined || isKind(word)) return [];
  return has(known, real, name, namespace ?? '') ? [] : [`there is no ${real} ${name} in ${namespace ?? 'any'}`];
}

const isKind = (word: string): boolean => kindOf(word) in KINDS || OTHERS.split(' ').includes(kindOf(word));

function has(known: KnownCluster, kind: string, name: string, namespace: string): boolean {
  const { plan, manifests, workloads } = known;
  const claim = /^data-(.+)$/.exec(name)?.[1];
  switch (kind) {
    case 'Application':
      return (
        name === plan.cluster ||
        plan.components.some((component) => name === `${plan.cluster}-${component.name}`) ||
        name === `${plan.cluster}-argocd`
      );
    case 'Secret':
      return plan.secrets.some((secret) => secret.name === name && secret.namespace === namespace);
    case 'Pod':
      return podOf(known, name) !== undefined;
    case 'PersistentVolumeClaim':
      return claim !== undefined && podOf(known, claim) !== undefined;
    default:
      return (
        // Argo CD's own are not of the overlays.
        (namespace === 'argocd' && name.startsWith('argocd-')) ||
        // What a page has just made itself.
        name.startsWith('emergency-') ||
        workloads.some((one) => one.kind === kind && one.name === name && one.namespace === namespace) ||
        manifests.some((one) => one.kind === kind && one.name === name && one.namespace === namespace)
      );
  }
}

/** The StatefulSet that has a pod of this name. */
function podOf({ workloads }: KnownCluster, name: string): Workload | undefined {
  const [, set, ordinal] = /^(.+)-(\d+)$/.exec(name) ?? [];
  return workloads.find(
    (one) => one.kind === 'StatefulSet' && one.name === set && Number(ordinal) < (one.replicas ?? 0),
  );
}

function targetOf(known: KnownCluster, words: readonly string[]): Workload | undefined {
  const [kind = '', name = ''] = words.find((word) => word.includes('/'))?.split('/') ?? [];
  return kind === 'pod'
    ? podOf(known, name)
    : known.workloads.find((one) => one.name === name && one.kind === KINDS[kind]);
}

function selectorFaults(
  selector: string | undefined,
  namespace: string | undefined,
  { workloads, plan }: KnownCluster,
): readonly string[] {
  if (
    selector === undefined ||
    selector === `app.kubernetes.io/instance=${plan.cluster}` ||
    namespace === 'kube-system'
  )
    return [];
  const terms = [...selector.matchAll(/([^,=\s(]+)(?:=([^,]+)| in \(([^)]+)\))/g)].map(
    ([, key = '', one, several = '']) => [key, one === undefined ? several.split(', ') : [one]] as const,
  );
  const taken = workloads.filter(
    (one) =>
      (namespace === undefined || one.namespace === namespace) &&
      terms.every(([key, values]) => values.includes(one.labels[key] ?? '')),
  );
  return taken.length > 0 ? [] : [`no pod has the labels ${selector}`];
}

function containerFaults(name: string | undefined, words: readonly string[], known: KnownCluster): readonly string[] {
  if (name === undefined) return [];
  const target = targetOf(known, words);
  return target?.containers.some((one) => one.name === name) === true ? [] : [`no container ${name}`];
}

function portFaults(words: readonly string[], known: KnownCluster): readonly string[] {
  const target = targetOf(known, words);
  const port = Number(words.at(-1));
  return target?.containers.some(({ ports }) => ports.some((one) => one.port === port)) === true
    ? []
    : [`${words.join(' ')}: no such port`];
}
