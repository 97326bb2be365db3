import type { GrafanaPlan } from '@lgtm-fleet/plan';
import type { GrafanaSettings } from './settings-model.ts';

/** Where the first container of the pod writes the id that Grafana gave an organisation. */
const IDS = '/etc/grafana-organisations';

/** Grafana numbers organisations itself; it reads the number when it starts. */
export function organisationId(name: string): string {
  return `$__file{${IDS}/${name}}`;
}

/** The main one is there from the start. */
const MAIN = '1';

/**
 * Who is what where, in Grafana's form: `<group>:<organisation>:<role>`. Of several that fit, the highest
 * role of each organisation counts; who is in none of the groups is not let in.
 */
export function organisationMapping({ organisations, oidc }: GrafanaPlan): readonly string[] {
  return [
    ...(oidc?.administrators ?? []).map((group) => `${group}:*:Admin`),
    ...organisations.flatMap(({ name, viewers, editors }) => {
      const id = name === undefined ? MAIN : organisationId(name);
      return [...viewers.map((group) => `${group}:${id}:Viewer`), ...editors.map((group) => `${group}:${id}:Editor`)];
    }),
  ];
}

/** Every group that somebody who is let in is in. */
export function allowedGroups({ organisations, oidc }: GrafanaPlan): readonly string[] {
  const groups = organisations.flatMap(({ viewers, editors }) => [...viewers, ...editors]);
  return [...new Set([...(oidc?.administrators ?? []), ...groups])];
}

/**
 * What Grafana runs with while it only makes organisations: the same database and administrator, reached from
 * the same pod alone, with nothing that evaluates, notifies or signs anybody else in.
 */
export function organisationSettings({ database, security, analytics, news, plugins, ...rest }: GrafanaSettings) {
  return {
    server: { http_addr: '127.0.0.1', http_port: 3000 },
    database,
    security,
    'auth.anonymous': rest['auth.anonymous'],
    'auth.basic': { enabled: true },
    unified_alerting: { enabled: false },
    analytics,
    news,
    plugins,
    log: rest.log,
    'log.console': rest['log.console'],
  };
}

/** The names, one a line. */
export function organisationNames({ organisations }: GrafanaPlan): string {
  return organisations.flatMap(({ name }) => (name === undefined ? [] : [`${name}\n`])).join('');
}
