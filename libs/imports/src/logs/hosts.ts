import type { Drafted, YamlMap } from '../core/draft.ts';
import { dnsLabel } from '../core/names.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext } from './context.ts';

/** A group of machines with what its collector reads there. */
export function hostOf(machine: YamlMap, origin: SourceNode, { group, os }: Pick<LogContext, 'group' | 'os'>): Drafted {
  return {
    value: { name: group, writer: group, ...(os !== 'linux' && { os }), count: 1, ...machine },
    origin,
    open: [
      {
        at: 'count',
        question: 'how many machines run this configuration; it does not say so itself, and the load follows from it',
      },
    ],
  };
}

/** What a group of machines is called: by the folder or the file of its configuration, where there are several. */
export function groupName(path: string, count: number): string {
  if (count === 1) return 'machines';
  const [file = '', folder = ''] = path.split('/').toReversed();
  const plain = file
    .replace(/\.ya?ml$/, '')
    .replace(/(?:^|[-_.])(?:promtail|grafana[-_]agent|agent|config|local)(?=$|[-_.])/g, '');
  const label = dnsLabel(plain === '' ? folder : plain);
  return label === 'source' ? 'machines' : label;
}
