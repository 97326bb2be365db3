import { bucketsInUse, type Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { ConfigFile, Emit, KubernetesObject } from '../types.ts';

const NAME = 'seaweedfs';
const S3_PORT = 8333;

/** Where the names of the objects are kept; the image's own file would keep them outside the volume. */
const FILER = ['[leveldb2]', 'enabled = true', 'dir = "/var/seaweedfs/filer"', ''].join('\n');

/** SeaweedFS would open seven files for each bucket at once, of up to 1 GiB each: too many for a small disk. */
const MASTER = ['[master.volume_growth]', '# How many files a bucket gets when it needs room', 'copy_1 = 1', ''].join(
  '\n',
);

/** `filer.toml` and `master.toml`, and which buckets the job makes. */
export const seaweedfs: Emit = (plan, component) => {
  const endpoint = `http://${fqdn(plan, NAME, component.namespace)}:${String(S3_PORT)}`;
  return {
    configFiles: [toml('filer.toml', FILER), toml('master.toml', MASTER)],
    objectFiles: [],
    patchFiles: [
      {
        name: 'buckets.yaml',
        why: 'One bucket for each purpose of each store of this cluster.',
        patches: [job({ ENDPOINT: endpoint, BUCKETS: bucketsOf(plan).join(' ') })],
      },
    ],
  };
};

/** Names of the buckets that the stores of this cluster read and write, each once. */
export function bucketsOf(plan: Plan): readonly string[] {
  return bucketsInUse(plan).map((purpose) => plan.buckets[purpose]);
}

function toml(name: string, text: string): ConfigFile {
  return { name, configMap: 'seaweedfs-config', hashed: true, form: 'text', text, comment: '#' };
}

function job(variables: Readonly<Record<string, string>>): KubernetesObject {
  const env = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'seaweedfs-buckets' },
    spec: { template: { spec: { containers: [{ name: 'buckets', env }] } } },
  };
}
