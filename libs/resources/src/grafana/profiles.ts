import { PROFILES_UID, type OrganisationPlan, type Plan } from '@lgtm-fleet/plan';
import type { DataSource } from './data-source-model.ts';

/** Of all of its people together, so only where people see everybody's telemetry: in the main organisation. */
export function profiles({ grafana }: Plan, { name }: OrganisationPlan): readonly DataSource[] {
  if (grafana?.profiles === undefined || name !== undefined) return [];
  const { url, signsIn } = grafana.profiles;
  const secret = (key: string) => `$__file{/etc/grafana-profiles/${key}}`;
  return [
    {
      name: 'Profiles',
      uid: PROFILES_UID,
      access: 'proxy',
      url,
      isDefault: false,
      ...(signsIn && { basicAuth: true, basicAuthUser: secret('username') }),
      secureJsonData: signsIn ? { basicAuthPassword: secret('password') } : {},
      editable: false,
      type: 'grafana-pyroscope-datasource',
      jsonData: { minStep: '15s' },
    },
  ];
}

/** From a span to what its service did meanwhile. */
export function tracesToProfiles() {
  return {
    datasourceUid: PROFILES_UID,
    tags: [{ key: 'service.name', value: 'service_name' }],
    profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    customQuery: false as const,
  };
}
