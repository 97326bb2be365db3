import { ruleFiles } from '@lgtm-fleet/alerts';
import { panelQueries } from '@lgtm-fleet/dashboards';
import type { Plan } from '@lgtm-fleet/plan';
import { metricsUsed, type MetricUse } from '@lgtm-fleet/queries';
import { shortfall, type Seen } from '../check.ts';
import type { Answer, Credential, FrontDoor } from '../front-door.ts';
import { reasonOf, type Shipped } from './silent.ts';

/** What panels ask, and what rules look at: a rule that does not fire has no answer, but its series are there. */
export function shippedQueries(plan: Plan): readonly Shipped[] {
  const panels = panelQueries(plan).map(({ page, row, panel, language, query }) => ({
    place: `${page}, ${row}, ${panel}`,
    language,
    text: query,
  }));
  const rules = ruleFiles(plan).flatMap(({ evaluator, name, value }) =>
    evaluator === 'meta'
      ? []
      : exprsOf(value).flatMap(({ rule, expr }): readonly Shipped[] =>
          evaluator === 'logs'
            ? [{ place: `${name}, ${rule}`, language: 'logql', text: expr }]
            : metricsUsed(expr).map((use) => ({
                place: `${name}, ${rule}`,
                language: 'promql',
                text: `count(${selectorOf(use, expr)})`,
              })),
        ),
  );
  const all = [...panels, ...rules];
  return [...new Map(all.map((one) => [`${one.language} ${one.text}`, one])).values()];
}

interface Groups {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert?: string; readonly record?: string; readonly expr: string }[];
  }[];
}

function exprsOf(value: unknown): readonly { readonly rule: string; readonly expr: string }[] {
  return (value as Groups).groups.flatMap(({ rules }) =>
    rules.map(({ alert, record, expr }) => ({ rule: alert ?? record ?? '', expr })),
  );
}

/** The metric alone: what a rule is about may be away, as it should be. */
function selectorOf({ name, place }: MetricUse, expr: string): string {
  return name ?? expr.slice(place.start, place.end);
}

/** Of requests under way at one time: the stores of one small node are asked. */
const AT_ONCE = 6;

/**
 * Every query that ships is taken by the running stores, and gives something of the last hour for one of those whose
 * telemetry flows, or stands in the list of those that cannot here.
 */
export async function queriesAnswer(
  door: FrontDoor,
  plan: Plan,
  as: readonly Credential[],
  missing: ReadonlySet<string>,
): Promise<Seen> {
  const wrong: string[] = [];
  let answered = 0;
  let explained = 0;
  const look = async (shipped: Shipped): Promise<void> => {
    const answers = await Promise.all(as.map((one) => ask(door, one, shipped)));
    const refused = answers.find(({ status }) => status !== 200);
    if (refused !== undefined)
      wrong.push(`refused with ${String(refused.status)}: ${told(shipped)}: ${refused.text.slice(0, 200)}`);
    else if (answers.some(({ text }) => gives(text))) answered += 1;
    else if (reasonOf(shipped, missing) !== undefined) explained += 1;
    else wrong.push(`gives nothing: ${told(shipped)}`);
  };
  const left = [...shippedQueries(plan)];
  const work = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await look(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const counts = { readBack: answered };
  if (wrong.length > 0) throw shortfall(`${String(wrong.length)} queries: ${wrong.join('; ')}`, counts);
  return {
    counts,
    detail: `${String(answered)} queries give data, ${String(explained)} cannot here, each for a reason`,
  };
}

const told = ({ place, text }: Shipped): string => `${place}: ${text}`;

async function ask(door: FrontDoor, as: Credential, { language, text }: Shipped): Promise<Answer> {
  const now = Math.floor(Date.now() / 1000);
  const range = { start: String(now - 3600), end: String(now) };
  const get = (path: string, parameters: Readonly<Record<string, string>>): Promise<Answer> =>
    door.get(as, `${path}?${new URLSearchParams(parameters).toString()}`);
  switch (language) {
    case 'promql':
      return get('/prometheus/api/v1/query_range', { query: text, step: '60', ...range });
    case 'logql':
      return get('/loki/api/v1/query_range', { query: text, limit: '1', step: '60', ...range });
    case 'traceql':
      return /\|\s*(?:rate|count_over_time|quantile_over_time|histogram_over_time|[a-z]+_over_time)\(/.test(text)
        ? get('/tempo/api/metrics/query_range', { q: text, step: '60s', ...range })
        : get('/tempo/api/search', { q: text, limit: '1', ...range });
  }
}

interface Given {
  readonly data?: { readonly result?: readonly unknown[] };
  readonly traces?: readonly unknown[];
  readonly series?: readonly unknown[];
}

function gives(text: string): boolean {
  const { data, traces, series } = JSON.parse(text) as Given;
  return (data?.result ?? traces ?? series ?? []).length > 0;
}
