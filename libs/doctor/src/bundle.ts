import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import type { Facts } from './facts.ts';
import { isRecord, isVariable } from './records.ts';
import { scrubbed } from './scrub.ts';
import type { Report } from './types.ts';

/**
 * A support bundle: what was found, what it was found from, the plan, and the logs, as texts by their paths. Secrets
 * are never in the facts; what has the shape of a credential, or is one, is taken out of every text.
 *
 * @param pages the report for people, in the words of the terminal
 * @param secrets values that were read while the doctor looked
 */
export function bundleFiles(
  plan: Plan,
  { report, facts, pages, secrets }: { report: Report; facts: Facts; pages: string; secrets: readonly string[] },
): ReadonlyMap<string, string> {
  const { objects = {}, planned = [], logs = [], programs = [], ...rest } = facts;
  const files: readonly (readonly [string, string])[] = [
    ['README.txt', README],
    ['report.txt', pages],
    ['report.json', json(report)],
    ['plan.json', json(plan)],
    ['facts.json', json(rest)],
    ['planned.json', json(planned.map(withoutNoise))],
    ...Object.entries(objects).map(([kind, list]) => [`objects/${kind}.json`, json(list.map(withoutNoise))] as const),
    ...programs.map((program) => [`programs/${program.pod}.json`, json(program)] as const),
    ...logs.map(
      ({ namespace, pod, container, lines }) =>
        [`logs/${namespace}/${pod}/${container}.log`, `${lines.join('\n')}\n`] as const,
    ),
  ];
  return new Map(files.map(([path, text]) => [path, scrubbed(text, secrets)]));
}

const README = `What a cluster is and should be, as the doctor of LGTM Fleet saw it.

report.txt, report.json   what it found, causes first
facts.json                clocks, routes, jobs, volumes, names of keys of Secrets
objects/                  objects of the cluster by kind
planned.json, plan.json   what git says, and the plan that it comes from
programs/                 what each program says of itself
logs/                     worrying lines of the last minutes

Values of Secrets were never put in, and what has the shape of a credential was replaced by asterisks.
Read it before you hand it on: it has names of your tenants, namespaces, nodes and hosts.
`;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Who wrote which field is long, and a copy of the whole object may have what the object has no more. */
function withoutNoise({ metadata, ...object }: ClusterObject): unknown {
  const { managedFields: _, annotations, ...rest } = metadata;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => key !== LAST_APPLIED);
  return withoutValues({
    ...object,
    metadata: { ...rest, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) },
  });
}

/** Of variables the plan has the values that matter. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (!isRecord(value)) return value;
  const hidden = isVariable(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, hidden && key === 'value' ? '********' : withoutValues(inner)]),
  );
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
