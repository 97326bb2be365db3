import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Place, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { flag, type Program, type Setting } from '../../view/program.ts';

interface Canary {
  readonly program: Program;
  /** The flag that says as whom it writes and reads. */
  readonly user: string;
}

function canariesOf(cluster: ClusterView): readonly Canary[] {
  return [
    ...cluster.programsOf('loki-canary').map((program) => ({ program, user: 'user' })),
    ...cluster
      .programsOf('mimir')
      .filter(({ target }) => target.split(',').includes('continuous-test'))
      .map((program) => ({ program, user: 'tests.basic-auth-user' })),
  ];
}

/** A flag's value with what the kubelet fills in from the environment. */
function filledIn({ container }: Program, { value }: Setting): string {
  return (typeof value === 'string' ? value : '').replaceAll(
    /\$\((\w+)\)/g,
    (whole, name: string) => text(container.env[name], 'value') ?? whole,
  );
}

/** The variable that a flag is, where it is one, or the flag itself. */
function placeOf({ container, workload }: Program, { value, place }: Setting): Place {
  const [, variable = ''] = /^\$\((\w+)\)$/.exec(typeof value === 'string' ? value : '') ?? [];
  const index = Object.keys(container.env).indexOf(variable);
  return index < 0 ? place : inManifest(workload.manifest, ...container.path, 'env', index, 'value');
}

export const rule: Rule = {
  meta: {
    id: 'canary-without-tenant',
    family: 'tenancy',
    severity: 'error',
    description: 'A canary signs in as nobody who may both write and read.',
    why: 'What it writes is refused, or never found again: it tells of losses that there are not, and hides those that there are.',
    source: 'https://grafana.com/docs/loki/latest/operations/loki-canary/',
  },
  *cluster(cluster) {
    const able = cluster.plan.credentials.filter(({ writes, reads }) => writes !== undefined && reads.includes(writes));
    for (const { program, user } of canariesOf(cluster)) {
      const said = flag(program, user);
      const name = said === undefined ? undefined : filledIn(program, said);
      if (name !== undefined && able.some((credential) => credential.name === name)) continue;
      const { workload, container } = program;
      yield {
        place: said === undefined ? inManifest(workload.manifest, ...container.path, 'args') : placeOf(program, said),
        message:
          name === undefined
            ? `\`${program.name}\` does not say as whom it writes and reads`
            : `\`${program.name}\` signs in as \`${name}\`, who may not both write and read at the gateway of \`${cluster.name}\``,
        help: `set \`-${user}\` to a tenant: ${able.map((credential) => `\`${credential.name}\``).join(', ')}`,
      };
    }
  },
};
