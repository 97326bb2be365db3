import {
  openPorts,
  reachOf,
  transportsOf,
  type Connection,
  type Endpoint,
  type Plan,
  type Reach,
} from '@lgtm-fleet/plan';
import { isByName } from '@lgtm-fleet/overlay';
import type { Attempt, Solver, Transport } from '@lgtm-fleet/reachability';
import { isRole, type Subject } from './subjects.ts';

/** An attempt, and what the connection graph says of it: at each end, and all in all. */
export interface Question extends Attempt {
  readonly subjects: readonly [Subject, Subject];
  /** Absent where the graph has no say: what others let in and out. */
  readonly egress?: boolean;
  readonly ingress?: boolean;
  readonly verdict: boolean;
}

/** Ports that nobody has, for what is open too far. */
const SPARE = [1, 65_535];
const TRANSPORTS: readonly Transport[] = ['TCP', 'UDP'];

/**
 * Everybody to everybody else, at every port that either of them listens on or connects to, and at a spare one. The
 * answers come from the graph alone.
 */
export function questions(plan: Plan, subjects: readonly Subject[]): readonly Question[] {
  const opened = plan.connections
    // What Cilium allows by name, policies of Kubernetes leave to it.
    .filter(({ to }) => !isByName(plan, to))
    .map((connection) => ({ connection, ports: openPorts(plan, connection) }));
  const portsOf = (subject: Subject): readonly number[] => [
    ...(subject.role?.ports.map(({ port }) => port) ?? []),
    ...opened.flatMap(({ connection: { from, to }, ports }) =>
      ports !== 'any' && [from, to].some((end) => takes(plan, end, subject)) ? ports : [],
    ),
  ];
  const known = new Map(subjects.map((subject) => [subject, portsOf(subject)]));
  return subjects.flatMap((from) =>
    subjects.flatMap((to) => {
      if (from.side === 'others' && to.side === 'others') return [];
      const near = opened.filter(
        ({ connection }) => takes(plan, connection.from, from) && takes(plan, connection.to, to),
      );
      const ports = new Set([...(known.get(from) ?? []), ...(known.get(to) ?? []), ...SPARE]);
      return [...ports].flatMap((port) =>
        TRANSPORTS.map((protocol): Question => {
          const edges = near.filter(
            ({ connection, ports: open }) =>
              transportsOf(connection.protocol).some((one) => one === protocol) &&
              (open === 'any' || open.includes(port)),
          );
          const here = from.side !== 'unplanned' && to.side !== 'unplanned';
          return {
            from: from.peer,
            to: to.peer,
            subjects: [from, to],
            port,
            protocol,
            ...(from.side !== 'others' && { egress: from.side === 'ours' && edges.length > 0 }),
            ...(to.side !== 'others' && {
              ingress: to.side === 'ours' && edges.some(({ connection }) => isFrom(connection, from)),
            }),
            verdict: here && edges.some(({ connection }) => isMeant(connection, from, to)),
          };
        }),
      );
    }),
  );
}

/** Between our own pods an edge names both ends; an address range that holds them means somebody else. */
function isMeant({ from, to }: Connection, caller: Subject, called: Subject): boolean {
  const named = (end: Endpoint, subject: Subject): boolean => (end.kind === 'pods') === (subject.side === 'ours');
  return named(from, caller) && named(to, called);
}

/** Who may come in is said by selectors alone, which take nobody by accident. */
function isFrom({ from, to }: Connection, caller: Subject): boolean {
  return to.kind === 'pods' && (from.kind === 'pods') === (caller.side === 'ours');
}

/** True where an endpoint is a subject, or so wide that it takes it too. */
function takes(plan: Plan, endpoint: Endpoint, subject: Subject): boolean {
  return endpoint.kind === 'pods' ? isRole(endpoint, subject) : covers(reachOf(plan, endpoint), subject);
}

function covers(reach: Reach, { peer }: Subject): boolean {
  if (reach.kind === 'addresses') {
    const [address = ''] = peer.kind === 'pod' ? peer.addresses : [peer.address];
    // What the graph leaves out of everywhere is what those subjects are for. What is no range of all is one address.
    const linkLocal = /^(169\.254\.|fe80:|fd00:ec2::254$)/.test(address);
    return reach.ranges.some(({ cidr }) => (cidr.endsWith('/0') ? !linkLocal : cidr.split('/')[0] === address));
  }
  if (peer.kind !== 'pod') return false;
  const { namespaces, labels = {} } = reach;
  const there = 'only' in namespaces ? namespaces.only === peer.namespace : !namespaces.allBut.includes(peer.namespace);
  return there && Object.entries(labels).every(([key, value]) => peer.labels[key] === value);
}

/** Where policies and graph differ, as people read it: `+ loki-querier → a host: TCP 443 …` is open and no edge. */
export function* differences(asked: readonly Question[], solve: Solver): Generator<string> {
  for (const question of asked) {
    const { egress, ingress, verdict } = solve(question);
    const sides = [
      { what: '', open: verdict === 'allowed', edge: question.verdict, by: [...egress.policies, ...ingress.policies] },
      { what: ' (egress)', open: egress.allowed, edge: question.egress, by: egress.policies },
      { what: ' (ingress)', open: ingress.allowed, edge: question.ingress, by: ingress.policies },
    ];
    for (const { what, open, edge, by } of sides)
      if (edge !== undefined && open !== edge)
        yield `${open ? '+' : '-'} ${named(question)}${what}, by ${[...new Set(by)].join(', ') || 'no policy'}`;
  }
}

function named({ from, to, port, protocol }: Attempt): string {
  const name = (peer: Attempt['from']): string =>
    peer.kind === 'pod' && !peer.name.startsWith('a ') ? `${peer.namespace}/${peer.name}` : peer.name;
  return `${name(from)} → ${name(to)}: ${protocol} ${String(port)}`;
}
