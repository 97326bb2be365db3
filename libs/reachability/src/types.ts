export type Transport = 'TCP' | 'UDP' | 'SCTP';

export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Transport;
}

/** A pod with a network of its own; one stands for all replicas of its role. */
export interface PodPeer {
  readonly kind: 'pod';
  /** For people. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ranges of addresses take pods too, where their addresses lie in them. */
  readonly addresses: readonly string[];
  readonly ports: readonly NamedPort[];
}

/** Whatever is not such a pod: a host outside, a node, and with it every pod on its node's network. */
export interface AddressPeer {
  readonly kind: 'address';
  readonly name: string;
  readonly address: string;
}

export type Peer = PodPeer | AddressPeer;

/** Somebody opens a connection, or sends a packet. Answers to it pass by themselves. */
export interface Attempt {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: number;
  readonly protocol: Transport;
}

/** What the policies of one end say. */
export interface Side {
  readonly allowed: boolean;
  /** Those that let it pass; where none does, those that isolate the pod. Empty: no policy is about this end. */
  readonly policies: readonly string[];
}

export interface Verdict {
  readonly verdict: 'allowed' | 'denied';
  /** At the caller. */
  readonly egress: Side;
  /** At the called. */
  readonly ingress: Side;
}

export type Direction = 'ingress' | 'egress';

/** Labels of the namespaces, by name. */
export type Namespaces = ReadonlyMap<string, Readonly<Record<string, string>>>;

export type PeerMatch = (peer: Peer, namespaces: Namespaces) => boolean;
/** Named ports are those of the pod that is called. */
export type PortMatch = (attempt: Pick<Attempt, 'to' | 'port' | 'protocol'>) => boolean;

export interface Rule {
  /** Any of these; absent: everybody. */
  readonly peers?: readonly PeerMatch[];
  /** Any of these; absent: every port of every protocol. */
  readonly ports?: readonly PortMatch[];
}

/** A policy as the solver reads it. Other kinds than NetworkPolicy, such as Cilium's own, need only be brought into this form. */
export interface Policy {
  readonly name: string;
  readonly namespace: string;
  readonly selects: (labels: Readonly<Record<string, string>>) => boolean;
  /** The directions in which its pods are isolated. */
  readonly directions: readonly Direction[];
  readonly rules: Readonly<Record<Direction, readonly Rule[]>>;
}

export interface World {
  readonly namespaces: Namespaces;
  readonly policies: readonly Policy[];
}
