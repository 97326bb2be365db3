import type { NotificationsPlan, Plan, ReceiverPlan } from '@lgtm-fleet/plan';
import { inhibitRules } from '../alerting/inhibitions.ts';
import { alertmanagerConfig, deadMansRoute, EVALUATOR } from '../alerting/routes.ts';
import { secretMounts } from '../alerting/secret-files.ts';
import { webConfig } from '../tls.ts';
import type { Section } from '../section.ts';
import type { Emit } from '../types.ts';

/**
 * `alertmanager.yml`: who is told, and how often the one who raises the alarm when nothing comes.
 *
 * @throws Error when nobody is told.
 */
export const alertmanager: Emit = (plan) => {
  const { notifications } = plan;
  if (notifications === undefined)
    throw new Error(`the plan of ${plan.cluster} has an Alertmanager, and nobody to tell`);
  const { volumeMounts, volumes } = secretMounts(toldBy(notifications));
  const config = configOf(plan, notifications);
  return {
    configFiles: [
      { name: 'alertmanager.yml', configMap: 'alertmanager-config', hashed: true, form: 'yaml', ...config },
      ...webConfig(plan, 'alertmanager-config'),
    ],
    objectFiles: [],
    patchFiles: [
      {
        name: 'receivers.yaml',
        why: 'spec.notifications: the Secrets that receivers are shown, and the address that messages lead to.',
        patches: [
          {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            metadata: { name: 'alertmanager' },
            spec: {
              template: {
                spec: {
                  containers: [
                    {
                      name: 'alertmanager',
                      env: [{ name: 'EXTERNAL_URL', value: externalUrl(plan) }],
                      ...(volumeMounts.length > 0 && { volumeMounts }),
                    },
                  ],
                  ...(volumes.length > 0 && { volumes }),
                },
              },
            },
          },
        ],
      },
    ],
  };
};

/** Nobody comes to an Alertmanager from outside: its alerts are seen in Grafana. */
function externalUrl(plan: Plan): string {
  return plan.grafana?.rootUrl ?? 'http://localhost';
}

function toldBy({ receivers, deadMansSwitch }: NotificationsPlan): readonly ReceiverPlan[] {
  return [...receivers, ...(deadMansSwitch === undefined ? [] : [deadMansSwitch.receiver])];
}

function configOf(plan: Plan, notifications: NotificationsPlan): Section {
  const { receivers, deadMansSwitch } = notifications;
  const alone =
    deadMansSwitch === undefined || receivers.some(({ name }) => name === deadMansSwitch.receiver.name)
      ? []
      : [deadMansSwitch.receiver];
  const { value, comments } = alertmanagerConfig(notifications, {
    before: [deadMansRoute(notifications)],
    alone,
    inhibited: inhibitRules(plan),
    // Mimir's own tells the same receivers, and may take an incident of the same name for its own, and end it.
    groupedBy: plan.components.some(({ name }) => name === 'meta-monitoring') ? [EVALUATOR] : [],
  });
  return {
    value,
    comments: {
      ...comments,
      'route/routes/0':
        deadMansSwitch === undefined
          ? 'Always fires; spec.notifications has no deadMansSwitch that it is for'
          : 'spec.notifications.deadMansSwitch: repeated a little before it is looked at again, or it would be each other time',
    },
  };
}
