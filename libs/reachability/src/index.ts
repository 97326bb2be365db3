export { networkPolicy } from './network-policy.ts';
export { solver, type Solver } from './solve.ts';
export type {
  AddressPeer,
  Attempt,
  Direction,
  NamedPort,
  Namespaces,
  Peer,
  PodPeer,
  Policy,
  Side,
  Transport,
  Verdict,
  World,
} from './types.ts';
export { peerOf, workloadsOf, worldOf } from './world.ts';
