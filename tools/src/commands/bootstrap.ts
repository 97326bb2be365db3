import {
  ARGOCD_NAMESPACE,
  expectedApplications,
  INSTANCE,
  LGTM_FLEET,
  PART_OF,
  planSecretChanges,
  preflight,
  redirect,
  TRACKING,
  type ClusterObject,
  type Finding,
} from '@lgtm-fleet/bootstrap';
import { visible } from '@lgtm-fleet/diagnostics';
import type { Plan } from '@lgtm-fleet/plan';
import { parseDuration } from '@lgtm-fleet/units';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complain, print, type ExitCode } from '../console.ts';
import { applyAll, ARGOCD_MANAGER, BOOTSTRAP_MANAGER, type Counts } from '../kubernetes/apply.ts';
import { waitForArgocd } from '../kubernetes/argocd.ts';
import type { Client } from '../kubernetes/client.ts';
import { connect, connectionProblem } from '../kubernetes/connect.ts';
import { readFacts } from '../kubernetes/facts.ts';
import { follow } from '../kubernetes/follow.ts';
import { argocdManifests, build, documents, kustomize } from '../kubernetes/manifests.ts';
import { resume } from '../kubernetes/resume.ts';
import { givenSecrets, newPassword, newSalt, readSecrets, writeSecret, type Secrets } from '../kubernetes/secrets.ts';
import { viewOf } from '../kubernetes/view.ts';
import { openCluster } from '../workspace/open.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { planOf } from '../workspace/tree.ts';

export interface BootstrapOptions {
  readonly cluster: string;
  readonly context?: string;
  readonly repo?: string;
  readonly revision?: string;
  readonly argocdManifests?: string;
  readonly secret?: readonly string[];
  readonly timeout: string;
  readonly dryRun?: boolean;
  /** False: `--no-wait`. */
  readonly wait: boolean;
  readonly root?: string;
}

/** Makes an empty cluster into what its file says: Argo CD, namespaces, Secrets, the root; then watches it grow. */
export async function bootstrap(options: BootstrapOptions): Promise<ExitCode | Problem> {
  const timeout = parseDuration(options.timeout);
  if (!timeout.ok) return problem(`--timeout is not ${timeout.expected}`, 'the default is 30m');
  const inputs = await readInputs(options);
  if (isProblem(inputs) || typeof inputs === 'number') return inputs;
  const connection = await connect(options.context);
  if (isProblem(connection)) return connection;
  try {
    return await onCluster(options, inputs, connection.client, connection.version, timeout.value);
  } catch (error) {
    return connectionProblem(error, connection.client);
  }
}

interface Inputs {
  readonly plan: Plan;
  readonly root: readonly ClusterObject[];
  /** What the root makes. */
  readonly rendered: readonly ClusterObject[];
  readonly namespaces: readonly ClusterObject[];
  readonly argocd: readonly ClusterObject[];
  readonly given: ReadonlyMap<string, string>;
}

/** Everything that can be wrong on this side, before anybody is connected to. */
async function readInputs(options: BootstrapOptions): Promise<Inputs | Problem | ExitCode> {
  const opened = openCluster(options);
  if (!opened.ok) return opened.ended;
  const { workspace, fleet, cluster } = opened;
  const plan = planOf({ cluster, fleet, repository: workspace.repository });
  const rootFile = join(workspace.root, 'clusters', plan.cluster, 'root.yaml');
  const overlay = join(workspace.root, 'overlays', plan.cluster, 'namespaces');
  for (const path of [rootFile, overlay])
    if (!existsSync(path))
      return problem(
        `the generated files of ${plan.cluster} are not there: ${path} is missing`,
        `run \`nx run tools:generate-overlay --cluster=${plan.cluster}\`, commit and push`,
      );
  const given = givenSecrets(plan, options.secret ?? []);
  if (isProblem(given)) return given;
  const program = await kustomize();
  if (isProblem(program)) return program;
  const rendered = await build(program, join(workspace.root, 'clusters', plan.cluster));
  if (isProblem(rendered)) return rendered;
  const components = await build(program, overlay);
  if (isProblem(components)) return components;
  // Where others run it, nothing of it is touched.
  const argocd = plan.argocd.selfManaged ? await argocdManifests(plan, program, options.argocdManifests) : [];
  if (isProblem(argocd)) return argocd;
  const root = redirect(
    { cluster: plan.cluster, url: plan.repository.url, root: documents(readFileSync(rootFile, 'utf8')), rendered },
    {
      ...(options.repo !== undefined && { url: options.repo }),
      ...(options.revision !== undefined && { revision: options.revision }),
    },
  );
  return { plan, root, rendered, namespaces: trackedNamespaces(plan, components), argocd, given };
}

/**
 * The namespaces, with the annotation by which Argo CD knows its own: it would find them as they should be, leave them
 * alone, and so never prune them.
 */
function trackedNamespaces(plan: Plan, objects: readonly ClusterObject[]): readonly ClusterObject[] {
  const component = plan.components.find(({ name }) => name === 'namespaces');
  const owner = (name: string) => `${plan.cluster}-namespaces:/Namespace:${component?.namespace ?? ''}/${name}`;
  return objects
    .filter(({ kind }) => kind === 'Namespace')
    .map((object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        annotations: { ...object.metadata.annotations, [TRACKING]: owner(object.metadata.name) },
      },
    }));
}

async function onCluster(
  options: BootstrapOptions,
  inputs: Inputs,
  client: Client,
  version: string,
  timeoutSeconds: number,
): Promise<ExitCode | Problem> {
  const { plan } = inputs;
  const dry = options.dryRun === true;
  print(
    `${plan.cluster} on ${visible(client.server)} (context ${visible(client.context)}), Kubernetes ${visible(version)}`,
  );
  const facts = await readFacts(client, plan, version);
  const mayRead = !facts.denied.some(({ resource }) => resource === 'secrets');
  const present: Secrets =
    mayRead && (plan.secretSource.kind === 'bootstrap' || plan.secretSource.kind === 'sops')
      ? await readSecrets(client, plan.secrets)
      : new Map();
  const secrets = planSecretChanges(plan, {
    present,
    given: inputs.given,
    password: newPassword,
    salt: newSalt,
  });
  const findings = [...preflight(plan, facts), ...secrets.findings];
  printFindings(findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    return problem(`${count(errors, 'thing')} in the way; nothing was changed`, 'put it right and run this again', 1);

  const argocdNamespace: ClusterObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ARGOCD_NAMESPACE, labels: { [PART_OF]: LGTM_FLEET, [INSTANCE]: plan.cluster } },
  };
  const secretNames = secrets.changes.map(
    ({ namespace, name, values }) => `${namespace}/${name} (${Object.keys(values).join(', ')})`,
  );
  if (dry) {
    print(
      [
        plan.argocd.selfManaged
          ? `would apply Argo CD ${plan.releases['argo-cd'].tag}: ${count(inputs.argocd.length, 'object')} in namespace ${ARGOCD_NAMESPACE}`
          : 'would leave Argo CD as it is',
        `would apply namespaces ${inputs.namespaces.map(({ metadata }) => metadata.name).join(', ')}`,
        secretNames.length === 0 ? 'would make no Secret' : `would make Secrets ${secretNames.join(', ')}`,
        `would apply the root Application ${plan.cluster}, which syncs ${count(expectedApplications(plan.cluster, inputs.rendered).length - 1, 'Application')}`,
        'nothing was changed',
      ].join('\n'),
    );
    return 0;
  }

  const done: Counts[] = [];
  if (plan.argocd.selfManaged) {
    const late = await installArgocd(client, inputs, [argocdNamespace], Math.min(600, timeoutSeconds), done);
    if (late !== undefined) return late;
  }
  const namespaces = await applyAll(client, inputs.namespaces, ARGOCD_MANAGER);
  done.push(namespaces);
  print(`namespaces: ${say(namespaces)}`);
  for (const change of secrets.changes) await writeSecret(client, plan, change, present);
  done.push({ created: secrets.changes.length, changed: 0, unchanged: plan.secrets.length - secrets.changes.length });
  if (plan.secretSource.kind === 'bootstrap')
    print(`Secrets: ${secretNames.length === 0 ? 'all there' : `made ${secretNames.join(', ')}`}`);
  const root = await applyAll(client, inputs.root, BOOTSTRAP_MANAGER);
  done.push(root);
  print(`root Application ${plan.cluster}: ${say(root)}`);
  const resumed = await resume(client, expectedApplications(plan.cluster, inputs.rendered));
  done.push({ created: 0, changed: resumed.length, unchanged: 0 });
  if (resumed.length > 0) print(`given up by Argo CD, and begun anew: ${resumed.join(', ')}`);
  if (done.every(({ created, changed }) => created + changed === 0)) print('all of it was there: nothing was changed');
  if (!options.wait) return 0;
  return await watch(client, inputs, timeoutSeconds);
}

async function installArgocd(
  client: Client,
  { plan, argocd }: Inputs,
  namespace: readonly ClusterObject[],
  timeoutSeconds: number,
  done: Counts[],
): Promise<Problem | undefined> {
  done.push(await applyAll(client, namespace, BOOTSTRAP_MANAGER));
  const counts = await applyAll(client, argocd, ARGOCD_MANAGER);
  done.push(counts);
  print(`Argo CD ${plan.releases['argo-cd'].tag}: ${say(counts)}`);
  let waited = '';
  return await waitForArgocd(client, argocd, timeoutSeconds, (name) => {
    if (name !== waited) print(`  waits for ${name}`);
    waited = name;
  });
}

async function watch(client: Client, { plan, rendered }: Inputs, timeoutSeconds: number): Promise<ExitCode | Problem> {
  const expected = expectedApplications(plan.cluster, rendered);
  const view = viewOf(expected);
  const outcome = await follow(client, expected, { timeoutSeconds, onLook: view.show });
  await view.end();
  const ready = outcome.states.filter((state) => state.ready).length;
  const summary = `${String(ready)} of ${count(expected.length, 'Application')} Synced and Healthy after ${String(Math.round(outcome.seconds))} s`;
  if (outcome.ended === 'ready') {
    print(summary);
    print(whereGrafanaIs(plan));
    return 0;
  }
  const stuck = outcome.states.filter((state) => !state.ready && state.obstacles.length > 0);
  for (const { name, obstacles } of stuck)
    for (const { message, help } of obstacles)
      complain(`error: ${visible(name)}: ${visible(message)}\n  = help: ${visible(help)}`);
  return problem(
    `${summary}; ${outcome.ended === 'timeout' ? 'time is up' : 'the rest waits for a person'}`,
    'everything stays in place, and Argo CD goes on by itself; run this again to watch it',
    1,
  );
}

function whereGrafanaIs(plan: Plan): string {
  if (plan.grafana === undefined) return `${plan.cluster} ships to ${plan.collection.gatewayUrl}`;
  const inside = plan.exposure === undefined;
  return [
    `Grafana: ${inside ? `${plan.tls === undefined ? 'http' : 'https'}://localhost:3000, after kubectl --namespace observability port-forward service/grafana 3000` : plan.grafana.rootUrl}`,
    ...(plan.secretSource.kind === 'bootstrap'
      ? [
          "user admin; password: kubectl --namespace observability get secret grafana-admin --output=go-template='{{.data.password | base64decode}}'",
        ]
      : []),
  ].join('\n');
}

function printFindings(findings: readonly Finding[]): void {
  for (const { id, severity, message, help } of findings)
    complain(`${severity}[${id}]: ${visible(message)}${help === undefined ? '' : `\n  = help: ${visible(help)}`}`);
}

function say({ created, changed, unchanged }: Counts): string {
  return [
    ...(created > 0 ? [`${String(created)} made`] : []),
    ...(changed > 0 ? [`${String(changed)} changed`] : []),
    ...(unchanged > 0 ? [`${String(unchanged)} as they should be`] : []),
  ].join(', ');
}

function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}
