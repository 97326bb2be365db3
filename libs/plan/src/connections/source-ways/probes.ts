import { byPort, byUrl, hostOf, type Way, type WaysTo } from './way.ts';

const SNMP = 161;

export const blackbox: WaysTo<'blackbox'> = ({ http, tcp, icmp, dns }, why) => [
  ...byUrl(http?.urls ?? [], why),
  ...byPort(tcp?.addresses ?? [], 'tcp', why),
  ...(icmp === undefined ? [] : [ping(icmp.hosts, why)]),
  ...byPort(dns?.servers ?? [], dns?.transport ?? 'udp', why),
];

export const snmp: WaysTo<'snmp'> = ({ devices }, why) => [
  { hosts: devices.map(hostOf), port: SNMP, protocol: 'udp', why },
];

function ping(hosts: readonly string[], why: string): Way {
  return { hosts: hosts.map(hostOf), port: 0, protocol: 'icmp', why };
}
