import { secretFilesOf, type ReceiverPlan, type SecretFile } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';

const FOLDER = '/etc/alert-secrets';

/** Where an Alertmanager finds a value that a receiver is shown. */
export function secretPath({ secret, key }: SecretFile): string {
  return `${FOLDER}/${secret}/${key}`;
}

/** Mounts of the Secrets that receivers are shown, for an Alertmanager. */
export interface SecretMounts {
  readonly volumeMounts: readonly YamlValue[];
  readonly volumes: readonly YamlValue[];
}

/**
 * Only the keys that are read. A Secret that is not there yet holds no Alertmanager up: it says of each message that it
 * could not send it, and finds the file as soon as it is there.
 */
export function secretMounts(receivers: readonly ReceiverPlan[]): SecretMounts {
  const files = receivers.flatMap(secretFilesOf);
  const secrets = [...Map.groupBy(files, ({ secret }) => secret)].toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return {
    volumeMounts: secrets.map(([secret]) => ({
      name: `alert-${secret}`,
      mountPath: `${FOLDER}/${secret}`,
      readOnly: true,
    })),
    volumes: secrets.map(([secret, own]) => ({
      name: `alert-${secret}`,
      secret: {
        secretName: secret,
        optional: true,
        // 288 is 0440: the pod's group reads it, and nobody else.
        defaultMode: 288,
        items: [...new Set(own.map(({ key }) => key))].toSorted().map((key) => ({ key, path: key })),
      },
    })),
  };
}
