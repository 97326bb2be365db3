import { hasCredential } from '../core/credentials.ts';
import { child, itemsOf, textMapOf, textOf } from '../core/look.ts';
import { takeTextMap } from '../core/take.ts';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';

/** Targets that have the same labels, each once. */
export interface TargetGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly targets: readonly string[];
  /** The first group of the input that is in it. */
  readonly origin: SourceNode;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::|$)/i;
const HOST = /^(?:[a-zA-Z0-9_](?:[-_.a-zA-Z0-9]*[a-zA-Z0-9_])?|\[[0-9a-fA-F:.]+\])$/;

/** Why the loopback of another machine is no target. */
export const LOOPBACK_WHY =
  'it is the machine itself on which Prometheus runs, and here it would be the collector: say its address, or leave it out if it was Prometheus itself';

const MOST = 5000;

interface TargetReading {
  readonly ledger: Ledger;
  readonly to: (group: number) => string;
  /** Added where a target has no port. */
  readonly port: number;
  /** Of one source; what `static` takes unless said. */
  readonly most?: number;
  /** Makes a target of what is written, instead of `host:port`: for probes. */
  readonly accept?: (target: string, node: SourceNode, to: string) => string | undefined;
}

/** Groups of targets, `static_configs` or the content of files of `file_sd_configs`, by their labels. */
export function groupsOf(lists: readonly SourceNode[], reading: TargetReading): readonly TargetGroup[] {
  const { ledger, to } = reading;
  const groups = new Map<
    string,
    { labels: TargetGroup['labels']; targets: string[]; origin: SourceNode; index: number }
  >();
  const seen = new Set<string>();
  for (const item of lists) {
    const labels = textMapOf(child(item, 'labels'));
    const key = JSON.stringify(Object.entries(labels).toSorted(([left], [right]) => (left < right ? -1 : 1)));
    const group = groups.get(key) ?? { labels, targets: [], origin: item, index: groups.size };
    groups.set(key, group);
    takeTextMap(ledger, child(item, 'labels'), `${to(group.index)}.labels`);
    for (const node of itemsOf(child(item, 'targets'))) {
      const target = targetOf(node, to(group.index), reading);
      if (target === undefined) continue;
      const whole = `${key}${target}`;
      if (seen.has(whole)) ledger.changed(node, to(group.index), 'it stands here a second time, and is taken once');
      else group.targets.push(target);
      seen.add(whole);
    }
  }
  return [...groups.values()].flatMap((group) => parted(group, reading.most ?? MOST));
}

/** As many groups as it takes, where one has more targets than a source may have; none where it has none. */
function parted(group: TargetGroup, most: number): readonly TargetGroup[] {
  return Array.from({ length: Math.ceil(group.targets.length / most) }, (_, part) => ({
    ...group,
    targets: group.targets.slice(part * most, (part + 1) * most),
  }));
}

function targetOf(node: SourceNode, to: string, { ledger, port, accept }: TargetReading): string | undefined {
  const written = textOf(node)?.trim() ?? '';
  if (accept !== undefined) return accept(written, node, to);
  const read = hostAndPort(written, port);
  if ('why' in read) {
    ledger.impossible(node, read.why);
    return undefined;
  }
  if (read.how === undefined) ledger.carried(node, to);
  else ledger.changed(node, to, read.how);
  return read.target;
}

/** A target as the cluster file takes it, or why it is none. */
export function hostAndPort(
  written: string,
  port: number,
): { readonly target: string; readonly how?: string } | { readonly why: string } {
  if (LOOPBACK.test(written)) return { why: LOOPBACK_WHY };
  const [, host = '', digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(written) ?? [];
  if (!HOST.test(host)) return { why: 'it is no target: `host:port` is one' };
  if (digits === undefined)
    return {
      target: `${host}:${port}`,
      how: `label \`instance\` has the port too, \`:${port}\`, which Prometheus 2 added to the address alone`,
    };
  const number = Number(digits);
  return number >= 1 && number <= 65_535
    ? { target: `${host}:${number}` }
    : { why: `\`${digits.slice(0, 10)}\` is no port` };
}

/** Takes what a prober is asked about: an address for HTTP, a host with or without a port for others. */
export function acceptProbe(kind: 'http' | 'tcp' | 'icmp' | 'dns' | 'device', ledger: Ledger) {
  return (written: string, node: SourceNode, to: string): string | undefined => {
    const read = kind === 'http' ? url(written) : hostOnly(kind, written);
    if ('why' in read) ledger.impossible(node, read.why);
    else if (read.how === undefined) ledger.carried(node, to);
    else ledger.changed(node, to, read.how);
    return 'why' in read ? undefined : read.target;
  };
}

type Accepted = ReturnType<typeof hostAndPort>;

function url(written: string): Accepted {
  const whole = /^https?:\/\//i.test(written) ? written : `http://${written}`;
  const [, host = ''] = /^https?:\/\/([^/?#]*)/i.exec(whole) ?? [];
  if (hasCredential(whole)) return { why: 'a credential stands in the address: no probe signs in' };
  if (LOOPBACK.test(host)) return { why: LOOPBACK_WHY };
  if (host === '' || /\s/.test(whole)) return { why: 'it is no address' };
  return whole === written ? { target: whole } : { target: whole, how: `the address with its scheme: \`http://\`` };
}

function hostOnly(kind: 'tcp' | 'icmp' | 'dns' | 'device', written: string): Accepted {
  const bare = written.replace(/^(?:udp|tcp):\/\//, '');
  if (kind === 'tcp') {
    const read = hostAndPort(bare, 0);
    return 'target' in read && read.target.endsWith(':0') ? { why: 'it has no port' } : read;
  }
  if (kind === 'dns') {
    const read = hostAndPort(bare, 53);
    return 'how' in read ? { target: read.target, how: 'with the port of DNS' } : read;
  }
  const read = hostAndPort(bare, 1);
  if ('why' in read) return read;
  const host = read.target.slice(0, read.target.lastIndexOf(':'));
  return host === written ? { target: host } : { target: host, how: 'the host alone: its port is always the same' };
}
