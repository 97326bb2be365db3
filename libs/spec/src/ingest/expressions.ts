import { readRegex } from '@lgtm-fleet/queries';
import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import type { RelabelRule } from './relabel.ts';

/** Expressions are RE2's, and a step of relabelling has what its action needs. */
export function expressions({ ingest }: ClusterSpec['spec']): Fault[] {
  return ingest.sources.flatMap((source, index) => {
    const path = ['spec', 'ingest', 'sources', index];
    const names = (['keep', 'drop'] as const).flatMap((list) =>
      source[list].flatMap((text, at) => expression(text, [...path, list, at])),
    );
    const steps = (['relabel', 'metricRelabel'] as const).flatMap((list) =>
      source[list].flatMap((rule, at) => step(rule, [...path, list, at])),
    );
    const body = source.blackbox?.http?.bodyMatches;
    const tags = (source.cloudwatch?.services ?? []).flatMap((service, at) =>
      Object.entries(service.tags).flatMap(([tag, text]) =>
        expression(text, [...path, 'cloudwatch', 'services', at, 'tags', tag]),
      ),
    );
    return [
      ...names,
      ...steps,
      ...tags,
      ...(body === undefined ? [] : expression(body, [...path, 'blackbox', 'http', 'bodyMatches'])),
    ];
  });
}

function expression(text: string, path: Path): Fault[] {
  const read = readRegex(text);
  if (read.ok) return [];
  return [
    {
      id: 'bad-expression',
      path,
      message: `this is no regular expression of RE2: ${read.problem}`,
      help: 'RE2 has neither look-around nor back-references',
    },
  ];
}

type Field = 'sourceLabels' | 'targetLabel' | 'modulus';

/** What Prometheus refuses a step without (relabel.Config, Validate), and without which it could only do harm. */
const NEEDS: Readonly<Partial<Record<RelabelRule['action'], readonly Field[]>>> = {
  replace: ['targetLabel'],
  hashmod: ['sourceLabels', 'modulus', 'targetLabel'],
  keep: ['sourceLabels'],
  drop: ['sourceLabels'],
  keepequal: ['sourceLabels', 'targetLabel'],
  dropequal: ['sourceLabels', 'targetLabel'],
  lowercase: ['sourceLabels', 'targetLabel'],
  uppercase: ['sourceLabels', 'targetLabel'],
};

/** The only fields that these take; with any other one nothing is scraped at all. */
const TAKES: Readonly<Partial<Record<RelabelRule['action'], readonly (keyof RelabelRule)[]>>> = {
  labeldrop: ['regex'],
  labelkeep: ['regex'],
  keepequal: ['sourceLabels', 'targetLabel'],
  dropequal: ['sourceLabels', 'targetLabel'],
  lowercase: ['sourceLabels', 'separator', 'regex', 'modulus', 'targetLabel'],
  uppercase: ['sourceLabels', 'separator', 'regex', 'modulus', 'targetLabel'],
};

function step(rule: RelabelRule, path: Path): Fault[] {
  const missing = (NEEDS[rule.action] ?? []).filter((field) => rule[field] === undefined);
  return [
    ...(rule.regex === undefined ? [] : expression(rule.regex, [...path, 'regex'])),
    ...missing.map((field): Fault => ({
      id: 'incomplete-relabelling',
      path,
      message: `\`${rule.action}\` needs \`${field}\``,
    })),
    ...superfluous(rule).map((field): Fault => ({
      id: 'superfluous-relabelling',
      path: [...path, field],
      atKey: true,
      message: `\`${rule.action}\` takes no \`${field}\``,
      help: 'take it out: Alloy refuses the whole configuration for it',
    })),
  ];
}

function superfluous({ action, ...fields }: RelabelRule): readonly string[] {
  const takes: readonly string[] | undefined = TAKES[action];
  if (takes === undefined) return [];
  return Object.entries(fields).flatMap(([field, value]) =>
    value === undefined || takes.includes(field) ? [] : [field],
  );
}
