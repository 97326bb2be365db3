import type { AlertsPlan, NotificationsPlan, ReceiverPlan, RoutePlan } from '@lgtm-fleet/plan';
import { formatDuration } from '@lgtm-fleet/units';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { Section } from '../section.ts';
import { NOBODY, receiver } from './receivers.ts';

/** Label of every alert of the Prometheus that watches: the rulers evaluate the same rules, and tell of them, too. */
export const EVALUATOR = 'evaluator';

/** Alerts are kept and shown, and nobody is told. */
export const TELL_NOBODY = { route: { receiver: NOBODY }, receivers: [{ name: NOBODY }] } as const;

/** What the stack's own alerts have besides what any tenant says. */
interface Own {
  /** Routes that are asked first. */
  readonly before: readonly YamlValue[];
  /** Receivers that only these name. They wait for a sign of life, and its end is none. */
  readonly alone?: readonly ReceiverPlan[];
  /** Which alerts are kept back while another fires. */
  readonly inhibited?: readonly YamlValue[];
  /** Labels that tell incidents apart besides the usual. */
  readonly groupedBy?: readonly string[];
}

/** An Alertmanager's configuration: who is told of what. */
export function alertmanagerConfig(
  { routes, receivers, said }: AlertsPlan,
  { before, alone = [], inhibited = [], groupedBy = [] }: Own = { before: [] },
): Section {
  const [usual] = routes.others;
  const root = routes.others.length === 1 && usual !== undefined ? usual : NOBODY;
  const children = [...before, ...bySeverity(routes, root)];
  const named = new Set([root, ...children.flatMap(receiverNamed)]);
  return {
    value: {
      route: {
        receiver: root,
        group_by: ['alertname', 'cluster', 'namespace', ...groupedBy],
        ...(children.length > 0 && { routes: children }),
      },
      ...(inhibited.length > 0 && { inhibit_rules: inhibited }),
      receivers: [
        ...receivers.map((one) => receiver(one)),
        ...alone.map((one) => receiver(one, false)),
        ...(named.has(NOBODY) ? [{ name: NOBODY }] : []),
      ],
    },
    comments: {
      'route/receiver': `${said}: everything that no route below takes`,
      'route/group_by': 'One message for what is one incident',
      ...(inhibited.length > 0 && {
        inhibit_rules: 'A store that is down, or that its bucket refuses, is one incident, whatever else fails for it',
      }),
    },
  };
}

function receiverNamed(route: YamlValue): readonly string[] {
  const name = typeof route === 'object' && route !== null && 'receiver' in route ? route.receiver : undefined;
  return typeof name === 'string' ? [name] : [];
}

/** A route for each severity that goes elsewhere than the rest; several receivers of one are routes that continue. */
function bySeverity(routes: RoutePlan, root: string): readonly YamlValue[] {
  const own = (['critical', 'warning', 'info'] as const).flatMap((severity) => {
    const names = routes[severity];
    if (names.length === 1 && names[0] === root) return [];
    if (names.length === 0 && routes.others.length === 0) return [];
    return each(names, { matchers: [`severity="${severity}"`] });
  });
  return routes.others.length > 1 ? [...own, ...each(routes.others, {})] : own;
}

function each(names: readonly string[], match: Readonly<Record<string, YamlValue>>): readonly YamlValue[] {
  if (names.length === 0) return [{ ...match, receiver: NOBODY }];
  return names.map((name, index) => ({
    ...match,
    receiver: name,
    ...(index < names.length - 1 && { continue: true }),
  }));
}

/** Name of the alert that always fires; where it is not told to anybody it is told to nobody. */
export const DEAD_MANS_SWITCH = 'DeadMansSwitch';

/**
 * The alert that always fires, to the one who raises the alarm when it stays away. A message is due as soon as the last
 * one is as old as `repeat_interval`, looked at each `group_interval`: with the same length, it would be each other time.
 */
export function deadMansRoute({ deadMansSwitch }: Pick<NotificationsPlan, 'deadMansSwitch'>): YamlValue {
  const matchers = [`alertname="${DEAD_MANS_SWITCH}"`];
  if (deadMansSwitch === undefined) return { matchers, receiver: NOBODY };
  const { receiver: told, intervalSeconds } = deadMansSwitch;
  return {
    matchers,
    receiver: told.name,
    group_by: ['alertname'],
    group_wait: '0s',
    group_interval: formatDuration(intervalSeconds),
    repeat_interval: formatDuration(Math.ceil(intervalSeconds * 0.9)),
  };
}
