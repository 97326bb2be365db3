import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Difference } from './differences.ts';
import { at, isRecord } from './records.ts';

/** The first line of each file of a ConfigMap that is not as planned, and files that it lacks. */
export function lineDifferences({
  planned,
  live,
}: {
  readonly planned: ClusterObject;
  readonly live: ClusterObject;
}): readonly Difference[] {
  const data = at(planned, 'data');
  return Object.entries(isRecord(data) ? data : {}).flatMap(([file, text]): readonly Difference[] => {
    const other = at(live, 'data', file);
    if (text === other) return [];
    if (typeof other !== 'string') return [{ path: file, planned: 'a text', live: 'nothing' }];
    const wanted = String(text).split('\n');
    const is = other.split('\n');
    const line = wanted.findIndex((one, index) => one !== is[index]);
    const number = line === -1 ? wanted.length : line;
    return [{ path: `${file}:${number + 1}`, planned: quoted(wanted[number]), live: quoted(is[number]) }];
  });
}

function quoted(line: string | undefined): string {
  if (line === undefined) return 'nothing';
  const text = line.trim();
  return `"${text.length > 120 ? `${text.slice(0, 120)}…` : text}"`;
}
