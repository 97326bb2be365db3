import type { DraftFile } from '../../core/draft.ts';
import type { Part } from './context.ts';

interface Advised {
  readonly cluster: string;
  /** The tenant as which rules are loaded. */
  readonly tenant: string;
  readonly parts: readonly Part[];
  readonly files: readonly DraftFile[];
  readonly fluentBit: boolean;
}

/** What values of the chart do not say, and what is otherwise than before. */
export function adviceOf({ cluster, tenant, parts, files, fluentBit }: Advised): readonly string[] {
  const folder = `clusters/${cluster}`;
  const rules = files.filter(({ path }) => path.startsWith('rules/')).map(({ path }) => `${folder}/${path}`);
  const load = (tool: string, paths: readonly string[]): string =>
    `\`${tool} rules load --address=<gateway> --id=${tenant} --user=${tenant} --key=<its password> ${paths.join(' ')}\``;
  const ofLoki = rules.filter((path) => path.includes('/rules/loki'));
  const ofMimir = rules.filter((path) => !ofLoki.includes(path));
  return [
    'Where the stack runs: `kubernetes.nodes`, `kubernetes.zones`. The draft is one node, where the values say nothing else',
    ...parts.flatMap(({ advice = [] }) => advice),
    'Queries, alerts and dashboards that ask for labels which lines have no more: in the cluster they have `cluster`, `namespace`, `container`, `job` and `service_name`; `pod` and `stream` are structured metadata, and `app`, `instance`, `node_name` and `filename` are gone',
    'What is done by hand is done with components of Alloy, which `alloy convert --source-format=promtail` writes: a patch below `clusters/<name>/patches/alloy` puts a whole `config.alloy` in the place of the generated one',
    ...(fluentBit ? ['Fluent Bit and Promtail both ran, and lines may have come twice: Alloy reads each once'] : []),
    ...(ofLoki.length > 0
      ? [
          `Rules of Loki come into its ruler from \`${folder}/rules/${tenant}/logs/\`: move the files there. Or through the gateway, as the tenant: ${load('lokitool', ofLoki)}`,
        ]
      : []),
    ...(ofMimir.length > 0
      ? [
          `Rules of metrics come into the ruler from \`${folder}/rules/${tenant}/metrics/\`: move the files there. Or through the gateway, as the tenant: ${load('mimirtool', ofMimir)}`,
        ]
      : []),
    ...(files.some(({ path }) => path.startsWith('dashboards/'))
      ? [
          `Dashboards are not loaded by Argo CD: import what is in \`${folder}/dashboards/\` in Grafana, into a folder of the tenant`,
        ]
      : []),
  ];
}
