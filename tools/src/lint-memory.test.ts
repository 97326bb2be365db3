import { linter, rules } from '@lgtm-fleet/lint';
import { annotationsOf } from '@lgtm-fleet/manifests';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { checkout, renderExamples } from './testing/rendered.ts';
import { readBuild } from './workspace/builds.ts';
import { loadFleet } from './workspace/clusters.ts';
import { lintReader } from './workspace/lint-input.ts';

const isSuppression = (annotation: string): boolean => annotation.startsWith('ignore.lgtm-fleet.dev/');
const WORKLOADS = ['DaemonSet', 'Deployment', 'Job', 'StatefulSet'];

test('what was read of a cluster goes when the next one is read, whatever rules of the fleet remember of it', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const root = checkout();
  const examples = await renderExamples();
  const fleet = loadFleet(root).clusters.map(({ cluster }) => cluster);
  const { read, sources } = lintReader({ root, repository: 'https://git.example.com/x.git', clusters: fleet, fleet });
  const { add, findings } = linter(rules);
  const held = fleet.flatMap((spec) => {
    const folders = examples.find(({ cluster }) => cluster === spec.metadata.name)?.folders;
    const input = read(spec, (folder) => {
      const result = folders?.get(folder);
      return result === undefined ? undefined : readBuild(folder, result);
    });
    add(input);
    // A suppression is remembered with its object, for it may turn out to be of no use.
    const workloads = input.manifests.filter(
      (manifest) => WORKLOADS.includes(manifest.kind) && !Object.keys(annotationsOf(manifest)).some(isSuppression),
    );
    return workloads.map((manifest) => new WeakRef(manifest));
  });
  expect(held.length).toBeGreaterThan(fleet.length);
  // A reference that was read in this turn of the event loop holds until its end.
  await new Promise((turn) => setTimeout(turn, 0));
  collect();
  expect(held.map((one) => one.deref()?.name).filter((name) => name !== undefined)).toEqual([]);
  expect(findings(sources).filter(({ rule }) => rule === 'internal-error')).toEqual([]);
});
