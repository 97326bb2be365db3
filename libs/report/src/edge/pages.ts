import type { Plan } from '@lgtm-fleet/plan';
import { table } from '../table.ts';
import { hostPage } from './host-page.ts';
import { senderPage } from './sender-page.ts';

/** The page of each group of machines and each sender, by its name. */
export function edgePages(plan: Plan, generatedBy: readonly string[]): ReadonlyMap<string, string> {
  const { hosts, senders } = plan.ingest;
  const page = (parts: readonly string[]) => `${[comment(generatedBy), ...parts].join('\n\n')}\n`;
  return new Map([
    ...hosts.map((group) => [group.name, page(hostPage(plan, group))] as const),
    ...senders.map((sender) => [sender.name, page(senderPage(plan, sender))] as const),
  ]);
}

/** What the page of a cluster says of them; nothing where there is none. */
export function outside(plan: Plan): readonly string[] {
  const { hosts, senders } = plan.ingest;
  if (hosts.length === 0 && senders.length === 0) return [];
  const rows = [
    ...hosts.map(({ name, os, count, tenant, writer }) => [
      link(name),
      `${String(count)} × ${os}`,
      tenant,
      writer,
      'with `config.alloy`',
    ]),
    ...senders.map(({ name, protocols, pair, tenant, writer }) => [
      link(name),
      pair === undefined ? 'a sender' : 'a pair, of which one is taken',
      tenant,
      writer,
      protocols.join(', '),
    ]),
  ];
  return [
    '## Who pushes from outside',
    'Each has a folder with what it is given, and how to use it.',
    table(['name', 'what', 'tenant', 'writer', 'how'], rows),
  ];
}

function link(name: string): string {
  return `[${name}](edge/${name}/)`;
}

export function comment(lines: readonly string[]): string {
  return `<!--\n${lines.join('\n').replaceAll('--', '- -')}\n-->`;
}
