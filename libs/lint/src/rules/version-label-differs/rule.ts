import { labelsOf, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

const LABEL = 'app.kubernetes.io/version';

export const rule: Rule = {
  meta: {
    id: 'version-label-differs',
    family: 'releases',
    severity: 'warning',
    description: 'The version in the label of a workload is not the version that runs.',
    why: 'Dashboards and people on call read the label: they look for the fault of a version that is not there.',
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, { plan }) {
    const labels = labelsOf(manifest);
    const [said, component] = [labels[LABEL], labels['app.kubernetes.io/name']];
    if (said === undefined || component === undefined) return;
    const release = plan.components.find(({ name }) => name === component)?.releases[0];
    const image = release === undefined ? undefined : plan.releases[release].image;
    const program = image?.slice(image.lastIndexOf('/') + 1) ?? component;
    for (const container of workloadOf(manifest)?.containers ?? []) {
      const tag = container.tag.replace(/^v/, '');
      if (container.program !== program || tag === '' || tag === said || tag.startsWith(`${said}-`)) continue;
      yield {
        place: inManifest(manifest, 'metadata', 'labels', LABEL),
        message: `\`${manifest.name}\` is labelled with version \`${said}\`, but runs \`${container.image}\``,
        help: `set \`${LABEL}\` to \`${tag}\``,
      };
      return;
    }
  },
};
