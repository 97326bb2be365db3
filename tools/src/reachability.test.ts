import { readManifests } from '@lgtm-fleet/manifests';
import { networkPolicy, solver } from '@lgtm-fleet/reachability';
import { beforeAll, describe, expect, test } from 'vitest';
import { differences, questions, type Question } from './testing/graph.ts';
import { faultsOf } from './testing/policy-faults.ts';
import { checkout, renderExamples, type RenderedExample } from './testing/rendered.ts';
import { subjectsOf, worldAround } from './testing/subjects.ts';
import { loadFleet } from './workspace/clusters.ts';
import { isProblem } from './workspace/problem.ts';
import { openWorkspace } from './workspace/root.ts';
import { planOf } from './workspace/tree.ts';

/** What the rendered policies let through is what the connection graph has: no edge less, and nothing more. */

const workspace = openWorkspace(undefined);
if (isProblem(workspace)) throw new Error(workspace.message);
const { repository } = workspace;
const fleet = loadFleet(checkout()).clusters.map(({ cluster }) => cluster);
const plans = new Map(fleet.map((cluster) => [cluster.metadata.name, planOf({ cluster, fleet, repository })]));
let examples: readonly RenderedExample[];

beforeAll(async () => {
  examples = await renderExamples();
}, 180_000);

function lookAt(cluster: string) {
  const plan = plans.get(cluster);
  const example = examples.find((one) => one.cluster === cluster);
  if (plan === undefined || example === undefined) throw new Error(`${cluster} is not rendered`);
  const { manifests } = readManifests(example.manifests, cluster);
  const world = worldAround(plan, manifests);
  const subjects = subjectsOf(plan, manifests);
  return { plan, manifests, world, subjects, asked: questions(plan, subjects) };
}

describe.each([...plans.keys()])('%s', (cluster) => {
  test('policies let through what the graph has, and nothing else', () => {
    const { plan, world, subjects, asked } = lookAt(cluster);
    expect([...differences(asked, solver(world))]).toEqual([]);
    // Every role is asked about, and every edge.
    const roles = new Set(subjects.flatMap(({ role }) => (role === undefined ? [] : [role])));
    const planned = plan.components.flatMap(({ workloads }) => workloads);
    expect(planned.filter((workload) => !roles.has(workload)).map(({ name }) => name)).toEqual(['node-exporter']);
    expect(asked.filter(({ verdict }) => verdict).length).toBeGreaterThanOrEqual(plan.connections.length);
  });

  test('nothing can be taken from a policy, or opened wider, unseen', () => {
    const { manifests, world, asked, subjects } = lookAt(cluster);
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    const faults = policies.flatMap(faultsOf);
    const about = new Map(subjects.map((subject) => [subject, [] as Question[]]));
    for (const question of asked) for (const subject of new Set(question.subjects)) about.get(subject)?.push(question);
    const unseen = faults.filter(({ policy, faulty }) => {
      const [before, after] = [policy, ...(faulty === undefined ? [] : [faulty])].map(networkPolicy);
      const without = world.policies.filter(({ name }) => name !== before?.name);
      const solve = solver({ ...world, policies: [...without, ...(after === undefined ? [] : [after])] });
      // Of pods that neither of the two is about, nothing has changed.
      const touched = subjects.filter(
        ({ peer }) =>
          peer.kind === 'pod' &&
          peer.namespace === policy.namespace &&
          (before?.selects(peer.labels) === true || after?.selects(peer.labels) === true),
      );
      return !touched.some((subject) => differences(about.get(subject) ?? [], solve).next().done !== true);
    });
    expect(unseen.map(({ fault }) => fault)).toEqual([]);
    expect(faults.length).toBeGreaterThan(policies.length * 5);
  });
});
