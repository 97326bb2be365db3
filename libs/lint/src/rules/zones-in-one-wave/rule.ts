import { annotationsOf, text, type Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { ringsOf } from '../../view/rings.ts';
import { zonesOf } from '../../view/zones.ts';

const WAVE = 'argocd.argoproj.io/sync-wave';

export const rule: Rule = {
  meta: {
    id: 'zones-in-one-wave',
    family: 'rings',
    severity: 'error',
    description: 'Two zones of a ring are synced in one wave.',
    why: 'Argo CD then rolls both at once: of three copies two are away, and writes and recent data with them, at every change of the configuration.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      if (!ring.zoneAware) continue;
      const first = new Map<string, { readonly zone: string; readonly workload: Workload }>();
      for (const { zone, program } of zonesOf(ring)) {
        const { workload } = program;
        // With OnDelete somebody else decides when pods go.
        const strategy = text(workload.manifest.body, 'spec', 'updateStrategy', 'type');
        if (zone === undefined || zone === '' || strategy === 'OnDelete') continue;
        const wave = annotationsOf(workload.manifest)[WAVE] ?? '0';
        const key = `${workload.manifest.folder} ${wave}`;
        const other = first.get(key);
        if (other === undefined) first.set(key, { zone, workload });
        if (other === undefined || other.zone === zone) continue;
        yield {
          place: inManifest(workload.manifest, 'metadata', 'annotations', WAVE),
          message: `\`${workload.name}\` and \`${other.workload.name}\` are two zones of ${ring.name}, and both in wave ${wave}`,
          help: 'give every zone a wave of its own, one after the other',
        };
      }
    }
  },
};
