import { attributesOf, constantText, parseAlloy, type Attribute, type Block } from '@lgtm-fleet/alloy';
import type { Span } from '@lgtm-fleet/diagnostics';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';

/** A piece of text in Alloy's configuration. */
export interface AlloyText {
  readonly config: ConfigFile;
  /** `loki.write.main`. */
  readonly component: string;
  readonly value: string;
  readonly span: Span;
}

const SENDERS = [
  'loki.write',
  'prometheus.remote_write',
  'otelcol.auth.basic',
  'otelcol.exporter.otlphttp',
  // Holds the password or the token that an otelcol.auth shows.
  'local.file',
];

/** Files of Secret `tenant-credentials` are called like the tenant. */
const SHOWN = /^\/etc\/tenant-credentials\/([\w-]+)(?:\.crt)?$/;

/** As whom the Alloys of a cluster push: the user names of what sends, or whose token or certificate it shows. */
export function writersOf(cluster: ClusterView): readonly AlloyText[] {
  return attributesIn(cluster).flatMap(({ config, attribute, within }) => {
    const [component] = within;
    const value = constantText(attribute.value);
    if (component === undefined || value === undefined || !SENDERS.includes(component.name.name)) return [];
    const { name } = attribute.name;
    const shown = ['bearer_token_file', 'cert_file', 'filename'].includes(name) ? SHOWN.exec(value)?.[1] : undefined;
    const user = name === 'username' ? value : shown;
    return user === undefined
      ? []
      : [{ config, component: nameOf(component), value: user, span: attribute.value.span }];
  });
}

/** What the Alloys of a cluster put on everything as one label, where they write it out. */
export function externalLabels(cluster: ClusterView, label: string): readonly AlloyText[] {
  return attributesIn(cluster).flatMap(({ config, attribute, within }) => {
    const [component] = within;
    const { name, value } = attribute;
    if (component === undefined || name.name !== 'external_labels' || value.kind !== 'object') return [];
    return value.fields.flatMap((field) => {
      const written = field.key.name === label ? constantText(field.value) : undefined;
      return written === undefined
        ? []
        : [{ config, component: nameOf(component), value: written, span: field.value.span }];
    });
  });
}

interface Found {
  readonly config: ConfigFile;
  readonly attribute: Attribute;
  readonly within: readonly Block[];
}

function attributesIn(cluster: ClusterView): readonly Found[] {
  const configs = new Set(cluster.programsOf('alloy').flatMap(({ files }) => files.map(({ config }) => config)));
  return [...configs]
    .filter(({ key }) => key.endsWith('.alloy'))
    .flatMap((config) => attributesOf(parseAlloy(config.text).file.body).map((found) => ({ config, ...found })));
}

function nameOf({ name, label }: Block): string {
  return label === undefined ? name.name : `${name.name}.${label.name}`;
}
