import type { HostGroupPlan, Plan } from '@lgtm-fleet/plan';
import { credentialFiles, placesOf } from '@lgtm-fleet/resources';
import { fenced, shell } from './credential.ts';

/** How a machine gets what it runs, step by step, for its system. */
export function installation(plan: Plan, group: HostGroupPlan): readonly string[] {
  return group.os === 'linux' ? onLinux(plan, group) : onWindows(plan, group);
}

const DOCS = 'https://grafana.com/docs/alloy/v1.18/set-up/install';

function onLinux(plan: Plan, group: HostGroupPlan): readonly string[] {
  const { version } = plan.releases.alloy;
  const { config, credentials, storage } = placesOf(group);
  const groups = [...(group.journal ? ['systemd-journal'] : []), 'adm'];
  return [
    `**Alloy ${version}.** Add the vendor's package repository as [Install Alloy on Linux](${DOCS}/linux/) says, and take this version of the package \`alloy\`:`,
    shell(
      `sudo apt-get install 'alloy=${version}*' && sudo apt-mark hold alloy   # Debian, Ubuntu`,
      `sudo dnf install alloy-${version}                                     # Fedora, RHEL`,
      `sudo zypper install alloy-${version}                                  # SUSE`,
    ),
    'The package makes the user `alloy`, under which all of this runs; nothing needs root.',
    '**Credential.** One line without a line end, which only root writes and only `alloy` reads:',
    shell(
      `sudo install -d -o root -g alloy -m 0750 ${credentials}`,
      ...credentialFiles(group).map((name) => `sudo install -o root -g alloy -m 0640 ${name} ${credentials}/${name}`),
    ),
    '**Configuration.** The same file on each machine of the group; what differs, Alloy knows (`constants.hostname`):',
    shell(
      `sudo install -o root -g alloy -m 0640 config.alloy ${config}`,
      `sudo -u alloy alloy validate ${config}`,
      ...(group.journal || group.files.length > 0 ? [`sudo usermod --append --groups ${groups.join(',')} alloy`] : []),
      'sudo systemctl enable --now alloy && sudo systemctl restart alloy',
    ),
    ...(group.files.length > 0
      ? [`\`alloy\` must be able to read ${list(group.files)}, and to enter the folders above.`]
      : []),
    `**Flags.** Those of the package are right: \`--storage.path=${storage}\`, and the stability level that is its default, \`generally-available\`. To send no usage statistics to the vendor: \`CUSTOM_ARGS="--disable-reporting"\` in \`/etc/default/alloy\` (Debian, Ubuntu, SUSE) or \`/etc/sysconfig/alloy\` (Fedora, RHEL). After a change of the file, \`sudo systemctl reload alloy\`.`,
  ];
}

function onWindows(plan: Plan, group: HostGroupPlan): readonly string[] {
  const { version, tag } = plan.releases.alloy;
  const { config, credentials, storage } = placesOf(group);
  return [
    `**Alloy ${version}.** The installer \`alloy-installer-windows-amd64.exe\` of the [release ${tag}](https://github.com/grafana/alloy/releases/tag/${tag}), as [Install Alloy on Windows](${DOCS}/windows/) says; or the package \`GrafanaLabs.Alloy\` of WinGet. As administrator, one of:`,
    fenced('powershell', [
      `.\\alloy-installer-windows-amd64.exe /S /DISABLEREPORTING=yes`,
      `winget install --exact --id GrafanaLabs.Alloy --version ${version}`,
    ]),
    '**Credential.** One line without a line end, which administrators and the service read and nobody else:',
    fenced('powershell', [
      `New-Item -ItemType Directory -Force '${credentials}'`,
      `icacls '${credentials}' /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)R' '*S-1-5-32-544:(OI)(CI)F'`,
      ...credentialFiles(group).map((name) => `Copy-Item ${name} '${credentials}\\${name}'`),
    ]),
    '**Configuration.** The same file on each machine of the group; what differs, Alloy knows (`constants.hostname`):',
    fenced('powershell', [
      `Copy-Item config.alloy '${config}'`,
      `& 'C:\\Program Files\\GrafanaLabs\\Alloy\\alloy-windows-amd64.exe' validate '${config}'`,
      'Restart-Service Alloy',
    ]),
    `**Flags.** Those of the installer are right: \`--storage.path=${storage}\`, and the stability level that is its default, \`generally-available\`. They are the value \`Arguments\` of \`HKLM\\Software\\GrafanaLabs\\Alloy\`. After a change of the file, restart the service.`,
  ];
}

function list(paths: readonly string[]): string {
  return paths.map((path) => `\`${path}\``).join(', ');
}
