import { text, type Container } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Place, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { flag, type Program, type Setting } from '../../view/program.ts';

interface Canary {
  readonly program: Program;
  /** Absent where it does not say. */
  readonly name: string | undefined;
  /** Where it says so, or would have to. */
  readonly place: Place;
  /** What a person has to set: `-user`, `TENANT`. */
  readonly set: string;
}

function canariesOf(cluster: ClusterView): readonly Canary[] {
  return [
    ...cluster.programsOf('loki-canary').map((program) => byFlag(program, 'user')),
    ...cluster
      .programsOf('mimir')
      .filter(({ target }) => target.split(',').includes('continuous-test'))
      .map((program) => byFlag(program, 'tests.basic-auth-user')),
    ...cluster.programsOf('tempo-vulture').map(byCredential),
  ];
}

function byFlag(program: Program, name: string): Canary {
  const { workload, container } = program;
  const said = flag(program, name);
  return {
    program,
    name: said === undefined ? undefined : filledIn(container, said),
    place: said === undefined ? inManifest(workload.manifest, ...container.path, 'args') : placeOf(program, said),
    set: `-${name}`,
  };
}

/** It cannot sign in by itself: a container before it makes the credential that nginx beside it shows. */
function byCredential(program: Program): Canary {
  const { workload } = program;
  const container = workload.containers.find(({ env }) => env['PASSWORD'] !== undefined) ?? program.container;
  const name = text(container.env[TENANT], 'value');
  const inside = name === undefined ? [] : ['env', indexOf(container, TENANT), 'value'];
  return { program, name, place: inManifest(workload.manifest, ...container.path, ...inside), set: TENANT };
}

const TENANT = 'TENANT';

/** A flag's value with what the kubelet fills in from the environment. */
function filledIn({ env }: Container, { value }: Setting): string {
  return (typeof value === 'string' ? value : '').replaceAll(
    /\$\((\w+)\)/g,
    (whole, name: string) => text(env[name], 'value') ?? whole,
  );
}

/** The variable that a flag is, where it is one, or the flag itself. */
function placeOf({ container, workload }: Program, { value, place }: Setting): Place {
  const [, variable = ''] = /^\$\((\w+)\)$/.exec(typeof value === 'string' ? value : '') ?? [];
  const index = indexOf(container, variable);
  return index < 0 ? place : inManifest(workload.manifest, ...container.path, 'env', index, 'value');
}

function indexOf({ env }: Container, variable: string): number {
  return Object.keys(env).indexOf(variable);
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
    for (const { program, name, place, set } of canariesOf(cluster)) {
      if (name !== undefined && able.some((credential) => credential.name === name)) continue;
      yield {
        place,
        message:
          name === undefined
            ? `\`${program.name}\` does not say as whom it writes and reads`
            : `\`${program.name}\` signs in as \`${name}\`, who may not both write and read at the gateway of \`${cluster.name}\``,
        help: `set \`${set}\` to a tenant: ${able.map((credential) => `\`${credential.name}\``).join(', ')}`,
      };
    }
  },
};
