import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { fqdn } from '../addresses.ts';
import { isEncrypted, schemeOf, serverNameOf, TLS_FILES } from '../tls.ts';

const PORT = 9093;

/** True where an Alertmanager runs that is no part of Mimir. */
export function hasAlertmanager({ components }: Pick<Plan, 'components'>): boolean {
  return components.some(({ name }) => name === 'alertmanager');
}

/** Address of that Alertmanager. */
export function ownAlertmanagerUrl(plan: Plan): string {
  return `${schemeOf(plan, 'alertmanager')}://${fqdn(plan, 'alertmanager', 'monitoring')}:${String(PORT)}`;
}

/** `alerting` of a Prometheus; nothing where nobody is told. */
export function alertingOf(plan: Plan): Readonly<Record<string, YamlValue>> {
  if (!hasAlertmanager(plan)) return {};
  return {
    alerting: {
      alertmanagers: [
        {
          scheme: schemeOf(plan, 'alertmanager'),
          ...(isEncrypted(plan, 'alertmanager') && {
            tls_config: { ca_file: TLS_FILES.ca, server_name: serverNameOf(plan, 'alertmanager') },
          }),
          static_configs: [{ targets: [`${fqdn(plan, 'alertmanager', 'monitoring')}:${String(PORT)}`] }],
        },
      ],
    },
  };
}
