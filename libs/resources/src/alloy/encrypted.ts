import type { Plan, PodEndpoint } from '@lgtm-fleet/plan';
import { encryptedTargets, serverNameOf, TLS_FILES } from '../tls.ts';
import { component } from '../alloy-syntax/component.ts';
import { reference, type Computed } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';

const POD = ['namespace', '__meta_kubernetes_pod_label_app_kubernetes_io_name'];

/** Components that Alloy may scrape with TLS; of those, pods that are not annotated give no target. */
const scraped = (plan: Plan): readonly PodEndpoint[] => encryptedTargets(plan, 'alloy');

/** All other annotated pods; nothing where nothing is encrypted. */
export function plainPods(plan: Plan): readonly Block[] {
  if (plan.tls === undefined) return [];
  return [
    component('discovery.relabel', 'plain', {
      targets: reference('discovery.relabel.annotated.output'),
      rule: scraped(plan).map((one) => ({ source_labels: POD, regex: regexOf(one), action: 'drop' })),
    }),
  ];
}

interface Common {
  readonly forward_to: readonly Computed[];
  readonly scrape_interval: string;
  readonly scrape_timeout: string;
}

/** A scrape for each component, because a scrape expects one name. */
export function encryptedScrapes(plan: Plan, common: Common): readonly Block[] {
  return scraped(plan).flatMap((one) => {
    const label = one.component.replaceAll('-', '_');
    return [
      component('discovery.relabel', label, {
        targets: reference('discovery.relabel.annotated.output'),
        rule: { source_labels: POD, regex: regexOf(one), action: 'keep' },
      }),
      component(
        'prometheus.scrape',
        label,
        {
          targets: reference(`discovery.relabel.${label}.output`),
          scheme: 'https',
          ...common,
          tls_config: { ca_file: TLS_FILES.ca, server_name: serverNameOf(plan, one.component) },
        },
        {
          comments: { 'tls_config/server_name': 'Pods are scraped by address; this is the name that each answers for' },
        },
      ),
    ];
  });
}

function regexOf({ namespace, component: name }: PodEndpoint): string {
  return `${namespace};${name}`;
}
