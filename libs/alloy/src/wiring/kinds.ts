import type { Block, Expression } from '../ast.ts';
import type { ArgumentModel, BodyModel, Kind } from '../catalogue/read.ts';
import { asReference } from '../walk.ts';
import type { Findings } from './finding.ts';
import { kindOfReference } from './references.ts';
import type { Scope } from './scope.ts';

const nouns: Readonly<Record<Kind | 'component' | 'data', string>> = {
  targets: 'targets',
  metrics: 'a receiver of metrics',
  logs: 'a receiver of logs',
  otel: 'an OpenTelemetry consumer',
  profiles: 'a receiver of profiles',
  rules: 'relabelling rules',
  auth: 'an authenticator',
  extension: 'an extension',
  component: 'a whole component',
  data: 'plain data',
};

/** By `what is there -> what is wanted`: the component that stands between. */
const converters: Readonly<Record<string, string>> = {
  'otel -> metrics': '`otelcol.receiver.prometheus` takes metrics and forwards them to an OpenTelemetry consumer',
  'otel -> logs': '`otelcol.receiver.loki` takes logs and forwards them to an OpenTelemetry consumer',
  'metrics -> otel': '`otelcol.exporter.prometheus` takes OpenTelemetry metrics and forwards them to a receiver',
  'logs -> otel': '`otelcol.exporter.loki` takes OpenTelemetry logs and forwards them to a receiver',
};

/** Finds receivers and other exports where an argument wants a different kind. */
export function checkKinds(scope: Scope, block: Block, model: BodyModel, findings: Findings): void {
  for (const statement of block.body) {
    const { name } = statement.name;
    if (statement.kind === 'block') {
      const inner = model.blocks.get(name);
      if (inner !== undefined) checkKinds(scope, statement, inner.body(), findings);
      continue;
    }
    const argument = model.arguments.get(name);
    if (argument?.kind !== undefined)
      checkValue({ scope, name, argument, kind: argument.kind, findings }, statement.value);
  }
}

interface Wanted {
  readonly scope: Scope;
  readonly name: string;
  readonly argument: ArgumentModel;
  readonly kind: Kind;
  readonly findings: Findings;
}

function checkValue(wanted: Wanted, value: Expression): void {
  const { argument, kind } = wanted;
  if (value.kind === 'parenthesized') {
    checkValue(wanted, value.inner);
  } else if (value.kind === 'call') {
    const callee = asReference(value.callee)
      ?.path.map(({ name }) => name)
      .join('.');
    if (callee === 'array.concat' || callee === 'concat') for (const each of value.parameters) checkValue(wanted, each);
  } else if (argument.list && value.kind === 'array') {
    for (const element of value.elements) checkReference(wanted, element, kind);
  } else if (kind === 'targets' && value.kind === 'array') {
    for (const element of value.elements) checkTarget(wanted, element);
  } else {
    const found = checkReference(wanted, value, kind);
    if (argument.list && found === kind)
      wanted.findings.add('alloy-wrong-kind', value.span, `\`${wanted.name}\` takes a list`, 'put it in `[ ]`');
  }
}

/** In a list of targets, each element is one. */
function checkTarget(wanted: Wanted, element: Expression): void {
  const reference = asReference(element);
  if (reference === undefined || kindOfReference(wanted.scope, reference) !== 'targets') {
    checkReference(wanted, element, 'targets');
    return;
  }
  const help = 'leave the brackets out, or join lists with `array.concat`';
  wanted.findings.add('alloy-wrong-kind', element.span, `\`${wanted.name}\` gets a list within a list`, help);
}

/** Kind of what the value refers to, once it is reported when it is another than wanted. */
function checkReference({ scope, name, findings }: Wanted, value: Expression, kind: Kind): Kind | undefined {
  const reference = asReference(value);
  if (reference === undefined) return undefined;
  const found = kindOfReference(scope, reference);
  if (found === 'unknown') return undefined;
  // One target of a list of them, or a label of one, is data too.
  if (found === kind || (kind === 'targets' && found === 'data')) return found === 'data' ? undefined : kind;
  const help = found === 'component' ? 'name one of its exports' : converters[`${found} -> ${kind}`];
  findings.add('alloy-wrong-kind', value.span, `\`${name}\` takes ${nouns[kind]}, and this is ${nouns[found]}`, help);
  return found === 'component' || found === 'data' ? undefined : found;
}
