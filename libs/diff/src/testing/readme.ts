import { approvalLine } from '../approvals.ts';
import type { ClassMeta } from '../types.ts';
import { compare, summary, type Fixture } from './fixtures.ts';

/** The page of a class: what its `meta` says, and what it says of its own fixtures. */
export function readme(meta: ClassMeta, fixtures: readonly Fixture[]): string {
  const [firing] = fixtures.filter((fixture) => addressesOf(meta.id, fixture).length > 0);
  const silent = fixtures.filter((fixture) => addressesOf(meta.id, fixture).length === 0);
  if (firing === undefined) throw new Error(`no fixture of ${meta.id} fires`);
  const [address = ''] = addressesOf(meta.id, firing);
  const link = (name: string): string => `[\`${name}\`](fixtures/${name}/)`;
  return `${[
    `# ${meta.id}`,
    meta.description,
    `Family ${meta.danger}; at worst ${meta.effect}; ${meta.blocks ? 'blocks the pull request until it is approved' : 'does not block the pull request'}.`,
    '## Why',
    meta.why,
    `Source: ${meta.source.startsWith('https://') ? meta.source.replaceAll(/https:\/\/[^\s;]+/g, '<$&>') : meta.source}.`,
    '## What it says',
    `Of ${link(firing.name)}:`,
    `\`\`\`text\n${summary(compare(firing)).trimEnd()}\n\`\`\``,
    silent.length === 0 ? '' : `It is silent on ${silent.map(({ name }) => link(name)).join(', ')}.`,
    ...(meta.blocks ? ['## To approve it', `\`\`\`text\n${approvalLine(meta.id, address)}…\n\`\`\``] : []),
  ]
    .filter((block) => block !== '')
    .join('\n\n')}\n`;
}

function addressesOf(id: string, fixture: Fixture): readonly string[] {
  return compare(fixture)
    .dangers.filter(({ meta }) => meta.id === id)
    .map(({ address }) => address);
}
