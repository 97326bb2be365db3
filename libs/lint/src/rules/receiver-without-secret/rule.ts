import { get, isObject, list, text, type Json, type Path } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { mountOf } from '../../view/data-folders.ts';
import type { Program } from '../../view/program.ts';
import { secretsOf, type KnownSecret } from '../../view/secrets.ts';

export const rule: Rule = {
  meta: {
    id: 'receiver-without-secret',
    family: 'tenancy',
    severity: 'error',
    description: 'A receiver of alerts is shown a file that no Secret brings to its Alertmanager.',
    why: 'Alertmanager reads it at each message: it starts, and tells nobody. Of alerts that could not be sent nobody is told either.',
    source: 'https://prometheus.io/docs/alerting/latest/configuration/',
  },
  *cluster(cluster) {
    const secrets = secretsOf(cluster);
    for (const name of ['mimir', 'alertmanager']) {
      for (const program of cluster.programsOf(name)) {
        for (const { config } of program.files) {
          for (const [index, receiver] of list(config.value, 'receivers').entries()) {
            for (const { file, path } of filesIn(receiver, ['receivers', index])) {
              const lacks = lacking(program, secrets, file);
              if (lacks === undefined) continue;
              yield {
                place: inConfig(config, ...path),
                message: `receiver \`${text(receiver, 'name') ?? ''}\` is shown \`${file}\`, and ${lacks}`,
                help: 'mount a Secret of `spec.notifications` there, with the key that the file is called after',
              };
            }
          }
        }
      }
    }
  },
};

interface Shown {
  readonly file: string;
  readonly path: Path;
}

/** Values of keys that name a file, however deep: `api_url_file`, `http_config.authorization.credentials_file`. */
function filesIn(value: Json | undefined, path: Path): readonly Shown[] {
  if (Array.isArray(value)) return value.flatMap((inner: Json, index) => filesIn(inner, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key.endsWith('_file') && typeof inner === 'string'
      ? [{ file: inner, path: [...path, key] }]
      : filesIn(inner, [...path, key]),
  );
}

/** Why the file is not there; `undefined` where it is. */
function lacking(program: Program, secrets: ReadonlyMap<string, KnownSecret>, file: string): string | undefined {
  const mount = mountOf(program, file);
  const secret = get(mount?.volume, 'secret');
  const name = text(secret, 'secretName');
  if (name === undefined) return 'no Secret is mounted there';
  const wanted = file.slice(file.lastIndexOf('/') + 1);
  const items = get(secret, 'items') === undefined ? undefined : list(secret, 'items');
  const key =
    items === undefined
      ? wanted
      : text(
          items.find((item) => text(item, 'path') === wanted),
          'key',
        );
  if (key === undefined) return `Secret \`${name}\` is mounted there without it`;
  const known = secrets.get(`${program.workload.namespace}/${name}`);
  if (known === undefined) return `nothing makes Secret \`${name}\` in namespace \`${program.workload.namespace}\``;
  return known.keys?.includes(key) === false ? `Secret \`${name}\` has no key \`${key}\`` : undefined;
}
