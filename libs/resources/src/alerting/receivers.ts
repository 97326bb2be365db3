import type { ReceiverPlan, SecretFile } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { secretPath } from './secret-files.ts';

/** Whom nobody is: alerts that come to it are kept and shown. */
export const NOBODY = 'nobody';

/**
 * A receiver as Alertmanager has it; what is secret is a file, which it reads at each message.
 *
 * @param resolved whether it hears of the end, too
 */
export function receiver(plan: ReceiverPlan, resolved = true): YamlValue {
  return { name: plan.name, ...integration(plan, resolved) };
}

function integration(plan: ReceiverPlan, resolved: boolean): Readonly<Record<string, YamlValue>> {
  switch (plan.kind) {
    case 'email':
      return {
        email_configs: [
          {
            to: plan.to.join(', '),
            from: plan.from,
            smarthost: plan.smarthost,
            ...(plan.signIn !== undefined && {
              auth_username: plan.signIn.username,
              auth_password_file: file(plan.signIn.password),
            }),
            send_resolved: resolved,
          },
        ],
      };
    case 'slack':
      return {
        slack_configs: [
          { channel: plan.channel, api_url_file: file(plan.url), text: SLACK_TEXT, send_resolved: resolved },
        ],
      };
    case 'pagerduty':
      return {
        pagerduty_configs: [
          { routing_key_file: file(plan.routingKey), url: plan.url, severity: SEVERITY, send_resolved: resolved },
        ],
      };
    case 'webhook':
      return {
        webhook_configs: [
          {
            ...(typeof plan.url === 'string' ? { url: plan.url } : { url_file: file(plan.url) }),
            ...(plan.bearer !== undefined && {
              http_config: { authorization: { credentials_file: file(plan.bearer) } },
            }),
            send_resolved: resolved,
          },
        ],
      };
  }
}

/** Alertmanager's own text for Slack is empty. */
const SLACK_TEXT =
  '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ with .Annotations.runbook_url }}<{{ . }}|Runbook>\n{{ end }}{{ end }}';

/** PagerDuty refuses any other word. */
const SEVERITY =
  '{{ if match "^(critical|warning|info)$" .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}';

function file({ secret, key }: SecretFile): string {
  return secretPath({ secret, key });
}
