import type { QueryFault } from '@lgtm-fleet/queries';
import type { Report } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import { queriesOf, type ClusterQuery } from './queries.ts';

/** What a person would look a fault of a query up under. */
export type QueryTopic = 'syntax' | 'function' | 'selector' | 'matching' | 'type' | 'misleading';

const TOPICS: Readonly<Record<Exclude<QueryTopic, 'type' | 'misleading'>, readonly string[]>> = {
  syntax: [
    ...['query-syntax', 'query-too-deep', 'query-too-long', 'unclosed-bracket', 'unclosed-string', 'invalid-escape'],
    ...['modifier-before-range', 'modifier-of-expression', 'modifier-twice', 'metrics-without-brackets'],
    ...['step-out-of-place', 'stage-after-unwrap'],
  ],
  function: [
    ...['unknown-function', 'unknown-intrinsic', 'experimental-function', 'not-supported', 'grouping-not-allowed'],
    ...['wrong-number-of-arguments', 'missing-parameter', 'parameter-not-allowed', 'invalid-parameter'],
  ],
  selector: [
    ...['selects-everything', 'name-twice', 'invalid-regex', 'invalid-line-regex', 'invalid-replacement-regex'],
    ...['invalid-pattern', 'invalid-line-pattern', 'invalid-filter', 'invalid-label', 'nothing-extracted'],
  ],
  matching: ['matching-of-scalar', 'group-of-sets', 'label-in-both', 'label-twice'],
};

/** Types are what is left: ranges, numbers and sets of series where others are taken. */
export function topicOf({ id, severity }: QueryFault): QueryTopic {
  if (severity === 'warning') return 'misleading';
  const named = (['syntax', 'function', 'selector', 'matching'] as const).find((topic) => TOPICS[topic].includes(id));
  return named ?? 'type';
}

const NAMES = { promql: 'PromQL', logql: 'LogQL', traceql: 'TraceQL' };

/** What is wrong on one topic with the queries of a cluster. */
export function* queryReports(cluster: ClusterView, topic: QueryTopic): Iterable<Report> {
  for (const query of queriesOf(cluster))
    for (const fault of query.faults) if (topicOf(fault) === topic) yield reportOf(query, fault);
}

/** A fault of a query as a report; the label names the language. */
export function reportOf({ at, language }: ClusterQuery, { span, message, help }: QueryFault): Report {
  return { place: at(span), message, label: NAMES[language], ...(help !== undefined && { help }) };
}
