import type { DraftFile, YamlMap } from '../../core/draft.ts';
import { booleanOf, child, entriesOf, itemsOf, textOf } from '../../core/look.ts';
import { takeText } from '../../core/take.ts';
import type { SourceNode } from '../../core/node.ts';
import { whyRefused } from '../../core/trial.ts';
import { changedTo, impossible, judge, type Verdict } from '../../core/verdicts.ts';
import { dashboardFile } from '../../dashboards/dashboard.ts';
import type { Part, StackContext } from './context.ts';
import { PATCH, PLAN } from './verdicts.ts';

const ACCOUNT = changedTo(
  'Secret grafana-admin',
  'the one local account is made when the cluster is bootstrapped, with a password of its own',
);
const SETTINGS = impossible(
  'settings of Grafana follow from the plan; another one is for an environment variable in a patch',
);

const VERDICTS: readonly (readonly [Verdict, readonly string[]])[] = [
  [
    changedTo('the stack', 'Grafana comes with the stack'),
    [
      'enabled',
      'rbac',
      'serviceAccount',
      'service',
      'serviceMonitor',
      'namespaceOverride',
      'testFramework',
      'operator',
      'podDisruptionBudget',
      'networkPolicy',
    ],
  ],
  [ACCOUNT, ['adminUser', 'adminPassword', 'admin']],
  [
    PLAN,
    [
      'replicas',
      'resources',
      'persistence',
      'autoscaling',
      'deploymentStrategy',
      'headlessService',
      'useStatefulSet',
      'initChownData',
    ],
  ],
  [
    PATCH,
    [
      'image',
      'nodeSelector',
      'tolerations',
      'affinity',
      'topologySpreadConstraints',
      'podAnnotations',
      'podLabels',
      'annotations',
      'labels',
      'extraLabels',
      'securityContext',
      'containerSecurityContext',
      'priorityClassName',
      'extraContainers',
      'extraInitContainers',
      'extraVolumes',
      'extraVolumeMounts',
      'extraConfigmapMounts',
      'extraSecretMounts',
      'extraEmptyDirMounts',
      'env',
      'envValueFrom',
      'envFromSecret',
      'envFromSecrets',
      'envFromConfigMaps',
      'envRenderSecret',
      'imageRenderer',
      'livenessProbe',
      'readinessProbe',
      'imagePullSecrets',
      'downloadDashboards',
      'downloadDashboardsImage',
      'lifecycleHooks',
    ],
  ],
  [
    impossible(
      'the image has its plugins, and Grafana may fetch no others: build an image that has them, and patch it in',
    ),
    ['plugins'],
  ],
  [
    impossible(
      'data sources follow from tenants, under names that never change; others are made in Grafana by hand, and stay',
    ),
    [
      'additionalDataSources',
      'additionalDataSourcesString',
      'datasources',
      'deleteDatasources',
      'prune',
      'sidecar/datasources',
      'forceDeployDatasources',
    ],
  ],
  [
    impossible(
      'no sidecar reads ConfigMaps: export them, and import them with the values; then load the files into Grafana',
    ),
    [
      'sidecar/dashboards',
      'sidecar/alerts',
      'sidecar/plugins',
      'sidecar/notifiers',
      'dashboardProviders',
      'dashboardsConfigMaps',
    ],
  ],
  [
    impossible('the stack brings no dashboards of the chart: export their ConfigMaps, and import them with the values'),
    [
      'defaultDashboardsEnabled',
      'defaultDashboardsTimezone',
      'defaultDashboardsEditable',
      'defaultDashboardsInterval',
      'forceDeployDashboards',
    ],
  ],
  [
    PATCH,
    [
      'sidecar/image',
      'sidecar/resources',
      'sidecar/securityContext',
      'sidecar/imagePullPolicy',
      'sidecar/skipTlsVerify',
    ],
  ],
  [impossible('alerts of Grafana itself are made in Grafana: export them there'), ['alerting', 'notifiers']],
  [SETTINGS, ['grafana.ini']],
  [
    impossible(
      'people sign in by OpenID Connect: say `grafana.oidc` with the groups of administrators, and `viewers` of tenants',
    ),
    [
      'grafana.ini/auth.generic_oauth',
      'grafana.ini/auth.ldap',
      'grafana.ini/auth.google',
      'grafana.ini/auth.github',
      'grafana.ini/auth.gitlab',
      'grafana.ini/auth.azuread',
      'grafana.ini/auth.okta',
      'grafana.ini/auth.proxy',
      'grafana.ini/auth.saml',
      'ldap',
    ],
  ],
  [impossible('who is not signed in sees nothing'), ['grafana.ini/auth.anonymous']],
  [
    impossible('Grafana notifies nobody by mail: alerts go to `notifications` and `tenants[].alerts`'),
    ['grafana.ini/smtp', 'smtp'],
  ],
  [impossible('how people and programs come in is said once: `exposure`'), ['ingress', 'route']],
];

/** Values of the chart of Grafana, which this one includes. */
export function readGrafana(grafana: SourceNode | undefined, context: StackContext): Part {
  if (grafana === undefined) return {};
  const { ledger } = context;
  judge(grafana, VERDICTS, ledger);
  if (booleanOf(child(grafana, 'enabled')) === false) return {};
  const database = databaseOf(child(grafana, 'grafana.ini', 'database'), context);
  const exposure = exposureOf(child(grafana, 'ingress'), context);
  return {
    spec: { ...(exposure !== undefined && { exposure }), ...(database !== undefined && { grafana: { database } }) },
    files: dashboardsOf(child(grafana, 'dashboards'), context),
  };
}

/** An Ingress that has a class, a name and a certificate. */
function exposureOf(ingress: SourceNode | undefined, { ledger }: StackContext): YamlMap | undefined {
  if (ingress === undefined || booleanOf(child(ingress, 'enabled')) !== true) return undefined;
  const hosts = itemsOf(child(ingress, 'hosts'));
  const ingressClass = textOf(child(ingress, 'ingressClassName'));
  const issuer = child(ingress, 'annotations', 'cert-manager.io/cluster-issuer');
  const certificate = child(ingress, 'tls', 0, 'secretName');
  const hostname = textOf(hosts[0]);
  if (hostname === undefined || ingressClass === undefined) return undefined;
  const exposure = {
    ingressClass,
    tls: issuer === undefined ? { secret: textOf(certificate) } : { issuer: textOf(issuer) },
    grafana: { hostname },
  };
  const why = whyRefused({ exposure });
  if (why !== undefined) {
    ledger.impossible(ingress, `the cluster file cannot say it: ${why}. Say \`exposure\` by hand`);
    return undefined;
  }
  ledger.carried(child(ingress, 'enabled'), 'exposure');
  ledger.carried(hosts[0], 'exposure.grafana.hostname');
  ledger.carried(child(ingress, 'ingressClassName'), 'exposure.ingressClass');
  ledger.carried(child(ingress, 'tls', 0, 'hosts'), 'exposure.grafana.hostname');
  if (issuer !== undefined) {
    ledger.carried(issuer, 'exposure.tls.issuer');
    ledger.changed(certificate, 'exposure.tls.issuer', 'the issuer fills a Secret of the stack');
  } else ledger.changed(certificate, 'exposure.tls.secret', 'it has to be in namespace `observability`');
  const path = child(ingress, 'path');
  if ((textOf(path) ?? '/') === '/') ledger.carried(path, 'nothing: it is so anyway');
  return exposure;
}

function databaseOf(database: SourceNode | undefined, { ledger }: StackContext): YamlMap | undefined {
  if (textOf(child(database, 'type')) !== 'postgres') return undefined;
  const [, host = '', port] = /^([^:/]+)(?::(\d+))?$/.exec(textOf(child(database, 'host')) ?? '') ?? [];
  const name = textOf(child(database, 'name'));
  const found = {
    postgres: { host, ...(port !== undefined && { port: Number(port) }), ...(name !== undefined && { name }) },
  };
  const why = whyRefused({ grafana: { database: found } });
  if (why !== undefined) {
    ledger.impossible(database, `the cluster file cannot say it: ${why}. Say \`grafana.database\` by hand`);
    return undefined;
  }
  takeText(ledger, child(database, 'type'), 'grafana.database.postgres');
  takeText(ledger, child(database, 'host'), 'grafana.database.postgres.host');
  takeText(ledger, child(database, 'name'), 'grafana.database.postgres.name');
  for (const [key, what] of [
    ['user', 'username'],
    ['password', 'password'],
  ] as const) {
    const node = child(database, key);
    if (node !== undefined)
      ledger.secret(
        node,
        { secret: 'grafana-database', key: what },
        'grafana.database.postgres',
        `the ${what} of the database`,
        'observability',
      );
  }
  return found;
}

/** Dashboards that stand in the values as a text; those that the chart fetches are not here. */
function dashboardsOf(
  dashboards: SourceNode | undefined,
  { ledger, dashboardName }: StackContext,
): readonly DraftFile[] {
  return entriesOf(dashboards).flatMap(([, folder]) =>
    entriesOf(folder).flatMap(([name, one]): readonly DraftFile[] => {
      const json = child(one, 'json');
      const text = textOf(json);
      ledger.impossible(one, 'the chart fetches it: download its JSON, lay it among the inputs and import again');
      if (json === undefined || text === undefined) return [];
      const file = dashboardFile(text, name, json, { ledger, name: dashboardName });
      return file === undefined ? [] : [file];
    }),
  );
}
