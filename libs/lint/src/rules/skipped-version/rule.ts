import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import type { Program } from '../../view/program.ts';
import { compareVersions, numbersOf } from '../../view/releases/versions.ts';
import { titleOf } from '../../view/titles.ts';

/** How far one upgrade may go: one minor version where queries or rings of the old and the new must fit, else one major. */
const MINOR_BY_MINOR = ['mimir'];
const MAJOR_BY_MAJOR = ['loki', 'tempo', 'grafana', 'prometheus', 'kafka'];

export const rule: Rule = {
  meta: {
    id: 'skipped-version',
    family: 'releases',
    severity: 'error',
    description: 'An upgrade leaves out a version that must run in between.',
    why: 'Old and new pods run side by side during a roll-out; queriers of Mimir 3.0 do not understand what 3.2 asks them.',
    source: 'https://grafana.com/docs/mimir/latest/release-notes/v3.2/',
  },
  *cluster(cluster) {
    for (const { name, version, workload, container } of cluster.programs) {
      const minor = MINOR_BY_MINOR.includes(name);
      if (!minor && !MAJOR_BY_MAJOR.includes(name)) continue;
      const now = numbersOf(version);
      const before = oldest(cluster.base?.programsOf(name) ?? []);
      const was = numbersOf(before ?? '');
      if (now === undefined || was === undefined) continue;
      const [major = 0, minorNow = 0] = now;
      const [majorWas = 0, minorWas = 0] = was;
      const skipped =
        major - majorWas > 1
          ? String(majorWas + 1)
          : minor && major === majorWas && minorNow - minorWas > 1
            ? `${String(major)}.${String(minorWas + 1)}`
            : undefined;
      if (skipped === undefined) continue;
      yield {
        place: inManifest(workload.manifest, ...container.path, 'image'),
        message: `${titleOf(name)} goes from ${before ?? ''} to ${version}, past ${skipped}`,
        label: `was \`${before ?? ''}\``,
        help: `run ${titleOf(name)} ${skipped} everywhere first`,
      };
    }
  },
};

/** During a roll-out in steps the pods that lag behind decide. */
function oldest(programs: readonly Program[]): string | undefined {
  return programs
    .map(({ version }) => version)
    .filter((version) => numbersOf(version) !== undefined)
    .toSorted((left, right) => compareVersions(numbersOf(left) ?? [], numbersOf(right) ?? []))[0];
}
