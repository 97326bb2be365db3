import { text } from '@lgtm-fleet/manifests';
import { inManifest, inText } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import { flag, type Program } from './program.ts';

/** A setting of Grafana, and what sets it: a variable of the container wins over `grafana.ini`. */
export interface GrafanaSetting {
  /** `undefined` where only the running pod knows it. */
  readonly value: string | undefined;
  readonly place: Place;
}

/** A Grafana whose `grafana.ini` is known. */
export interface Grafana {
  readonly program: Program;
  /** `undefined` where nothing sets it, and Grafana's default counts. */
  readonly setting: (section: string, key: string) => GrafanaSetting | undefined;
}

const DEFAULT_PATH = '/etc/grafana/grafana.ini';

/** Every Grafana of the cluster with its settings; none where its file is not a ConfigMap's. */
export function grafanasOf(cluster: ClusterView): readonly Grafana[] {
  return cluster.programsOf('grafana').flatMap((program) => {
    const named = flag(program, 'config')?.value ?? text(program.container.env['GF_PATHS_CONFIG'], 'value');
    const config = program.files.find(({ path }) => path === (named ?? DEFAULT_PATH))?.config;
    if (config === undefined) return [];
    const written = settingsIn(config);
    return [
      {
        program,
        setting: (section, key) => fromVariable(program, section, key) ?? written.get(`${section}/${key}`),
      },
    ];
  });
}

/** `GF_AUTH_ANONYMOUS_ENABLED` for `enabled` of `[auth.anonymous]`. */
function fromVariable({ container, workload }: Program, section: string, key: string): GrafanaSetting | undefined {
  const name = `GF_${section}_${key}`.toUpperCase().replace(/[.-]/g, '_');
  const index = Object.keys(container.env).indexOf(name);
  if (index < 0) return undefined;
  const place = inManifest(workload.manifest, ...container.path, 'env', index, 'value');
  return { value: text(container.env[name], 'value'), place };
}

/** By `section/key`; of a key that stands twice, the last one counts. */
function settingsIn(config: ConfigFile): ReadonlyMap<string, GrafanaSetting> {
  const found = new Map<string, GrafanaSetting>();
  let section = '';
  for (const line of config.text.matchAll(/^.*$/gm)) {
    const [written] = line;
    section = /^\s*\[([^\]]*)\]\s*$/.exec(written)?.[1]?.trim() ?? section;
    const [, head = '', key = '', rest = ''] = /^(\s*([\w.-]+)\s*=\s*)(.*)$/.exec(written) ?? [];
    if (key === '') continue;
    const value = rest.trimEnd();
    const start = line.index + head.length;
    // `${NAME}` and `$__file{…}` are known to the running program alone.
    const known = /\$\{|\$__\w+\{|%\(/.test(value) ? undefined : value.replace(/^(["`])(.*)\1$/, '$2');
    found.set(`${section}/${key}`, { value: known, place: inText(config, { start, end: start + value.length }) });
  }
  return found;
}

/** True where Grafana reads a setting as true. */
export function isOn(setting: GrafanaSetting | undefined): boolean {
  return /^(?:1|t|true|yes|y|on)$/i.test(setting?.value ?? '');
}
