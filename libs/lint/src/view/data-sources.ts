import { list, number, object, text, type Json, type Path } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';

/** A data source that Grafana is provisioned with. */
export interface ProvisionedSource {
  readonly config: ConfigFile;
  /** Where it stands in the file. */
  readonly path: Path;
  readonly name: string;
  /** `prometheus`, `loki`, `tempo`, `alertmanager`. */
  readonly type: string;
  readonly url: string;
  /** Its id as the file says it; the first one where it says none. */
  readonly organisation: string;
  readonly body: Json;
  /** What it sends as `X-Scope-OrgID`, and where that is said. */
  readonly tenantHeader: { readonly value: string; readonly path: Path } | undefined;
}

export function provisionedSources(cluster: ClusterView): readonly ProvisionedSource[] {
  const files = new Set(cluster.programsOf('grafana').flatMap((program) => program.files.map(({ config }) => config)));
  return [...files].flatMap((config) =>
    list(config.value, 'datasources').map((body, index) => ({
      config,
      path: ['datasources', index],
      name: text(body, 'name') ?? '',
      type: text(body, 'type') ?? '',
      url: text(body, 'url') ?? '',
      organisation: String(text(body, 'orgId') ?? number(body, 'orgId') ?? 1),
      body,
      tenantHeader: headerOf(body, ['datasources', index]),
    })),
  );
}

/** Grafana writes headers as `httpHeaderName1` in `jsonData` and `httpHeaderValue1` in `secureJsonData`. */
function headerOf(body: Json, path: Path): ProvisionedSource['tenantHeader'] {
  for (const [header, name] of Object.entries(object(body, 'jsonData'))) {
    const number = /^httpHeaderName(\d+)$/.exec(header)?.[1];
    if (number === undefined || typeof name !== 'string' || name.toLowerCase() !== 'x-scope-orgid') continue;
    const key = `httpHeaderValue${number}`;
    return { value: text(body, 'secureJsonData', key) ?? '', path: [...path, 'secureJsonData', key] };
  }
  return undefined;
}
