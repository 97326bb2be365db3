import { get, list, number, object, text, type Json, type Workload } from '@lgtm-fleet/manifests';

/** Volumes that Pod Security `restricted` takes. */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Settings of the kernel that a pod has for itself, which Pod Security takes. */
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

/** What Pod Security `restricted` (and `baseline`, which is part of it) would refuse in a workload's pods. */
export function restrictedFaults({ pod, containers }: Workload): readonly string[] {
  const own = object(pod, 'securityContext');
  const faults = [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => get(pod, key) === true),
    ...list(own, 'sysctls').flatMap((one) => {
      const name = text(one, 'name') ?? '';
      return SYSCTLS.includes(name) ? [] : [`sysctl ${name}`];
    }),
    ...list(pod, 'volumes').flatMap((volume) => {
      const kinds = Object.keys(object(volume)).filter((key) => key !== 'name');
      const path = text(volume, 'hostPath', 'path');
      if (path !== undefined) return [`hostPath ${path}`];
      return kinds.filter((kind) => !VOLUMES.includes(kind)).map((kind) => `volume of kind ${kind}`);
    }),
  ];
  for (const container of containers) {
    const context = object(container.body, 'securityContext');
    const either = (...path: readonly string[]): Json | undefined => get(context, ...path) ?? get(own, ...path);
    const say = (wrong: boolean, what: string): void => {
      if (wrong) faults.push(what);
    };
    say(get(context, 'privileged') === true, 'privileged');
    say(get(context, 'allowPrivilegeEscalation') !== false, 'privilege escalation');
    say(either('runAsNonRoot') !== true, 'may run as root');
    say(either('runAsUser') === 0, 'runs as root');
    const seccomp = either('seccompProfile', 'type');
    say(seccomp !== 'RuntimeDefault' && seccomp !== 'Localhost', 'no seccomp profile');
    say(!list(context, 'capabilities', 'drop').includes('ALL'), 'keeps capabilities');
    const added = list(context, 'capabilities', 'add').filter(
      (one) => typeof one === 'string' && one !== 'NET_BIND_SERVICE',
    );
    say(added.length > 0, `adds ${JSON.stringify(added)}`);
    say(get(context, 'procMount') !== undefined && get(context, 'procMount') !== 'Default', 'an unmasked /proc');
    say(either('seLinuxOptions') !== undefined, 'SELinux options');
    say(either('appArmorProfile', 'type') === 'Unconfined', 'no AppArmor profile');
    say(either('windowsOptions', 'hostProcess') === true, 'a process of the host');
    for (const port of list(container.body, 'ports')) {
      const host = number(port, 'hostPort') ?? 0;
      say(host !== 0, `hostPort ${host}`);
    }
    for (const hook of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'])
      say(JSON.stringify(get(container.body, hook) ?? null).includes('"host":'), `a host in ${hook}`);
  }
  return [...new Set(faults)].toSorted();
}
