import { isObject, type Json, type Path } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { isLiteral } from '../../view/stores.ts';

/** Keys of the pinned programs whose value is a secret. Names of files that hold one end otherwise. */
const SECRET =
  /^(secret_access_key|secret_key|secretkey|account_key|storage_account_key|connection_string|client_secret|session_token|password|basic_auth_password|bearer_token|credentials|service_account|sasl_password)$/;
const PROGRAMS = ['loki', 'mimir', 'tempo', 'prometheus'];
const MAX_DEPTH = 24;

export const rule: Rule = {
  meta: {
    id: 'credentials-in-config',
    family: 'storage',
    severity: 'error',
    description: 'A configuration file has a password or a key in plain text.',
    why: 'It is in git, in every clone and in the ConfigMap, for everybody to read; and to change it is to roll every pod.',
    source: 'https://grafana.com/docs/loki/latest/configure/#use-environment-variables-in-the-configuration',
  },
  *cluster(cluster) {
    const programs = PROGRAMS.flatMap((name) => cluster.programsOf(name));
    for (const config of new Set(programs.flatMap(({ files }) => files.map((file) => file.config)))) {
      for (const path of secretsIn(config.value, [])) {
        const key = String(path.at(-1) ?? '');
        yield {
          place: inConfig(config, ...path),
          message: `\`${path.join('.')}\` of \`${config.key}\` is in plain text`,
          label: 'readable by everybody',
          help: `take it from the environment: \`${key}: \${${key.toUpperCase()}}\`, with \`-config.expand-env=true\` and a Secret`,
        };
      }
    }
  },
};

function secretsIn(value: Json | undefined, path: Path): readonly Path[] {
  if (path.length > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => secretsIn(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    if (SECRET.test(key) && isLiteral(child)) return [[...path, key]];
    return secretsIn(child, [...path, key]);
  });
}
