import { objectNames, stackTenant, type Plan } from '@lgtm-fleet/plan';
import { Liquid, LiquidError, type Template } from 'liquidjs';
import { runbooksOf } from './runbooks.ts';
import { wordNames, wordsOf, type Words } from './words.ts';

export type RenderedPage =
  | { readonly ok: true; readonly text: string }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly message: string; readonly line: number };

/** Where a page's words are found while it is rendered: nothing that a page can name itself. */
const WORDS = Symbol('words of the cluster');

// Without templates a page could include files of this machine. A locale, since asking the machine for its own takes
// longer than rendering ten pages.
const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  templates: {},
  locale: 'en-US',
});
for (const name of wordNames) {
  engine.registerFilter(name, function (...args: readonly string[]) {
    const { [WORDS]: words } = this.context.globals as { readonly [WORDS]: Words };
    return Reflect.apply(words[name], words, args) as string;
  });
}

/** Pages as Liquid reads them, by their text: reading takes thrice as long as rendering, and clusters share their pages. */
const read = new Map<string, readonly Template[]>();

/**
 * Renders pages of `docs/runbooks/` in the words of one cluster. Pages are Liquid: `{{ "loki" | pod: "ingester" }}`,
 * `{% if kafka %}`. An unknown word is a fault, and so is a role that the cluster does not have.
 */
export function pageRenderer(plan: Plan): (page: string) => RenderedPage {
  const globals = { [WORDS]: wordsOf(plan) };
  const variables = variablesOf(plan);
  return (page) => {
    try {
      const templates = read.get(page) ?? engine.parse(page);
      read.set(page, templates);
      return { ok: true, text: tidy(String(engine.renderSync([...templates], variables, { globals }))) };
    } catch (error) {
      if (!(error instanceof LiquidError)) throw error;
      const [line = 1] = error.token.getPosition();
      return { ok: false, message: error.message.replace(/, line:\d+, col:\d+$/, ''), line };
    }
  };
}

/** What stands in a page by its bare name. */
export function variablesOf(plan: Plan) {
  const modeOf = (store: 'loki' | 'mimir' | 'tempo') => plan[store]?.mode ?? '';
  return {
    cluster: plan.cluster,
    hub: plan.hub ?? plan.cluster,
    is_hub: plan.role === 'hub',
    /** Modes of the stores; empty where a store does not run here. */
    loki: modeOf('loki'),
    mimir: modeOf('mimir'),
    tempo: modeOf('tempo'),
    prometheus: plan.prometheus !== undefined,
    kafka: plan.kafka !== undefined,
    seaweedfs: plan.components.some(({ name }) => name === 'seaweedfs'),
    tls: plan.tls !== undefined,
    canaries: plan.selfMonitoring?.canaries === true,
    /** Where silences are kept: `bucket`, `volume`, or empty. */
    silences: silencesOf(plan),
    /** Names of the workloads whose number of pods an autoscaler owns. */
    autoscaled: plan.components.flatMap(({ workloads }) =>
      workloads.flatMap((workload) => (workload.maxReplicas === undefined ? [] : objectNames(plan, workload))),
    ),
    /** What runs here, by the names of its folders. */
    components: plan.components.map(({ name }) => name),
    namespaces: [...new Set(plan.components.map(({ namespace }) => namespace))],
    /** Pages that the cluster gets, for links to those that not all have. */
    pages: runbooksOf(plan),
    ingest_storage: plan.mimir?.architecture === 'ingest-storage',
    tenant: stackTenant(plan),
    tenants: plan.tenants.map(({ name }) => name),
    zones: plan.kubernetes.zones.map(({ slot }) => slot),
    grafana: plan.grafana?.rootUrl ?? '',
    /** Grafana's: `sqlite`, `postgres`, or empty. */
    database: plan.grafana?.database.kind ?? '',
    gateway: plan.collection.gatewayUrl,
    /** Host name of OTLP over gRPC from outside, or empty. */
    grpc: plan.exposure?.grpcHostname ?? '',
    buckets: { ...plan.buckets },
    object_storage: plan.objectStorage.kind,
    /** How stores prove who they are: `secret`, `workload-identity`, or empty where objects are files. */
    object_auth: 'auth' in plan.objectStorage ? plan.objectStorage.auth : '',
    /** Annotations of the stores' ServiceAccounts by which a cloud knows them. */
    identity: 'auth' in plan.objectStorage ? Object.keys(plan.objectStorage.serviceAccountAnnotations) : [],
    repository: plan.repository.url,
    revision: plan.repository.revision,
  };
}

/** Mimir writes them into its bucket, unless its routes are files: these take nothing. */
function silencesOf({ mimir, alertRoutesInGit, components }: Plan): 'bucket' | 'volume' | '' {
  if (mimir !== undefined) return alertRoutesInGit ? 'volume' : 'bucket';
  return components.some(({ name }) => name === 'alertmanager') ? 'volume' : '';
}

/** Conditions leave empty lines where they stood, or take one away before a heading. */
function tidy(text: string): string {
  return `${text
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/([^\n])\n(?=##+ )/g, '$1\n\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
