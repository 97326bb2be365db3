import { visible } from '@lgtm-fleet/diagnostics';
import type { Changes, Finding } from '@lgtm-fleet/doctor';
import { shownDiagnosis } from './pretty.ts';

/** What is otherwise than at the look before; empty where nothing is. */
export function prettyChanges(changes: Changes, at: string, urlOf: (finding: Finding) => string): string {
  const parts = [
    ...changes.appeared.map((one) => shownDiagnosis(one, urlOf(one))),
    ...changes.gone.map(({ id, what }) => `gone: ${visible(what)} [${id}]`),
    ...changes.darkened.map(({ what, because }) => `not known any more: ${visible(what)}, because ${visible(because)}`),
    ...changes.lightened.map(({ what }) => `known again: ${visible(what)}`),
  ];
  return parts.length === 0 ? '' : [`at ${at}`, ...parts].join('\n\n');
}
