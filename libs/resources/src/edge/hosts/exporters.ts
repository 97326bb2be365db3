import type { HostGroupPlan } from '@lgtm-fleet/plan';
import { component } from '../../alloy-syntax/component.ts';
import type { Block } from '../../alloy-syntax/print.ts';

/** What containers on a machine mount and plug comes and goes; each would be a handful of new series. */
const MOUNTS =
  '^/(dev|proc|sys|run/user|run/credentials|run/k3s/containerd|run/containerd|snap|var/lib/docker|var/lib/containers|var/lib/kubelet/(pods|plugins))($|/)';
const FILE_SYSTEMS =
  '^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tmpfs|tracefs)$';
const DEVICES = '^(veth|docker|br-|virbr|cali|cilium|lxc|tunl|nodelocaldns).*$';

/** The exporter of a system, and the name of its component. */
export function exporterOf({ os }: Pick<HostGroupPlan, 'os'>): Block {
  switch (os) {
    case 'linux':
      return component(
        'prometheus.exporter.unix',
        'host',
        {
          disable_collectors: ['infiniband', 'wifi'],
          filesystem: { mount_points_exclude: MOUNTS, fs_types_exclude: FILE_SYSTEMS },
          netclass: { ignored_devices: DEVICES },
          netdev: { device_exclude: DEVICES },
        },
        { comments: { filesystem: 'Mounts and devices of containers come and go, and each would be new series' } },
      );
    case 'windows':
      return component(
        'prometheus.exporter.windows',
        'host',
        {
          enabled_collectors: [
            'cpu',
            'logical_disk',
            'memory',
            'net',
            'os',
            'pagefile',
            'service',
            'system',
            'tcp',
            'time',
          ],
        },
        { comments: { enabled_collectors: 'The usual ones, with memory, swap, connections and the clock' } },
      );
  }
}
