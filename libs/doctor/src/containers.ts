import { at, listAt, numberAt, textAt } from './records.ts';
import { subjectOf } from './subjects.ts';
import type { Found } from './types.ts';
import type { LivePod, View } from './view.ts';
import { placeOf } from './drift.ts';

/** A container of a pod, as the kubelet tells of it. */
export interface LiveContainer {
  readonly pod: LivePod;
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly waiting?: { readonly reason: string; readonly message: string };
  /** How it ended last, or just now. */
  readonly ended?: {
    readonly reason: string;
    readonly exitCode: number;
    /** Milliseconds; NaN where nobody says. */
    readonly at: number;
    readonly message: string;
  };
}

/** Containers of pods that are of the plan and should run. */
export function containersOf(view: View): readonly LiveContainer[] {
  const own = new Set(view.workloads.flatMap((workload) => view.podsOf(workload)));
  return [...own].flatMap((pod) =>
    [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].map(
      (status): LiveContainer => {
        const waiting = at(status, 'state', 'waiting');
        const ended = at(status, 'state', 'terminated') ?? at(status, 'lastState', 'terminated');
        return {
          pod,
          name: textAt(status, 'name') ?? '',
          image: textAt(status, 'image') ?? '',
          ready: at(status, 'ready') === true,
          restarts: numberAt(status, 'restartCount') ?? 0,
          ...(waiting !== undefined && {
            waiting: { reason: textAt(waiting, 'reason') ?? '', message: textAt(waiting, 'message') ?? '' },
          }),
          ...(ended !== undefined && {
            ended: {
              reason: textAt(ended, 'reason') ?? '',
              exitCode: numberAt(ended, 'exitCode') ?? 0,
              at: Date.parse(textAt(ended, 'finishedAt') ?? ''),
              message: textAt(ended, 'message') ?? '',
            },
          }),
        };
      },
    ),
  );
}

/** What all findings about a pod have in common. */
export function onPod({ metadata }: LivePod): Pick<Found, 'where' | 'about'> {
  return { where: placeOf('Pod', metadata.namespace, metadata.name), about: [subjectOf({ metadata })] };
}

/** The lines that a container wrote last. */
export function linesOf({ facts }: View, { metadata }: LivePod, container?: string): readonly string[] {
  return (facts.logs ?? [])
    .filter(
      (one) =>
        one.pod === metadata.name &&
        one.namespace === metadata.namespace &&
        (container === undefined || one.container === container),
    )
    .flatMap(({ lines }) => lines);
}

const TELLS = /\blevel=(?:info|debug)\b|"level":"(?:info|debug)"/;
/** A query or a rule in a line, which holds words that nobody said. */
const QUOTED = /\b(?:query|expr|group|param_query)=(?:"(?:\\.|[^"\\])*"|\S+)/g;

/** A line that only tells what goes on, as stores write the queries and rules that look for the words of a fault. */
export function onlyTells(line: string): boolean {
  return TELLS.test(line);
}

/** What a container complained of: its worrying lines, without the queries that they quote. */
export function complaintsOf(view: View, pod: LivePod, container?: string): readonly string[] {
  return linesOf(view, pod, container)
    .filter((line) => !onlyTells(line))
    .map((line) => line.replaceAll(QUOTED, ''));
}

/** One line, short enough to be read. */
export function brief(text: string): string {
  const line = (text.trim().split('\n')[0] ?? '').replaceAll(/[0-9a-f]{64}/g, '…');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
