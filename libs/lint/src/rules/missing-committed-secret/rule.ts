import { inSpec } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { committedSecrets } from '../../view/committed-secrets.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-committed-secret',
    family: 'kubernetes',
    severity: 'error',
    description: 'A Secret that the cluster needs, or a key of one, is not among those that are committed encrypted.',
    why: 'Nothing else makes it: pods that need it wait in `ContainerCreating` or `CreateContainerConfigError` for ever.',
    source: 'https://github.com/bitnami-labs/sealed-secrets#usage',
  },
  *cluster(cluster) {
    const { secretSource, secrets } = cluster.plan;
    if (secretSource.kind !== 'sealed-secrets' && secretSource.kind !== 'sops') return;
    const [key, how] =
      secretSource.kind === 'sops'
        ? ['sops', 'encrypt it with `sops --encrypt`']
        : ['sealedSecrets', 'seal it with `kubeseal`, and name the file in the kustomization there'];
    const committed = committedSecrets(cluster);
    for (const secret of secrets) {
      const found = committed.find(({ name, namespace }) => name === secret.name && namespace === secret.namespace);
      if (found === undefined) {
        yield {
          place: inSpec(cluster.name, 'spec', 'secrets', key),
          message: `Secret \`${secret.namespace}/${secret.name}\` is not below \`clusters/${cluster.name}/secrets/\`: ${secret.why}`,
          help: `${how}; its keys are ${secret.keys.map((each) => `\`${each}\``).join(', ')}`,
        };
        continue;
      }
      const absent = secret.keys.filter((each) => !found.keys.includes(each));
      if (absent.length === 0) continue;
      yield {
        place: found.place,
        message: `Secret \`${secret.namespace}/${secret.name}\` lacks ${absent.map((each) => `\`${each}\``).join(', ')}`,
        help: `${how} with all of ${secret.keys.map((each) => `\`${each}\``).join(', ')}`,
      };
    }
  },
};
