import type { Block } from '../ast.ts';
import type { BodyModel } from '../catalogue/read.ts';
import type { Findings } from './finding.ts';
import type { Component } from './scope.ts';

/** The export through which telemetry comes in. What a component exports besides, such as `targets`, it makes itself. */
function inletOf({ block, model }: Component): string | undefined {
  if (model === undefined || model.custom === true) return undefined;
  if (model.exports.has('receiver')) return 'receiver';
  // A receiver of OpenTelemetry takes from the network, whatever it exports.
  return model.exports.has('input') && !block.name.name.startsWith('otelcol.receiver.') ? 'input' : undefined;
}

/** Finds a component that only gets what others send, when no other sends to it. */
export function checkFed(component: Component, findings: Findings): void {
  const { id, block, used } = component;
  const inlet = inletOf(component);
  // One that lends its relabelling rules need not get anything itself.
  if (inlet === undefined || used.size > 0) return;
  const help = `forward to \`${id}.${inlet}\`, or take the component out`;
  findings.add('alloy-unfed-receiver', block.label?.span ?? block.name.span, `nothing feeds \`${id}\``, help);
}

/** Components that send to their endpoints, which are blocks that may be left out. */
const writers = ['loki.write', 'prometheus.remote_write', 'prometheus.write.queue', 'pyroscope.write'];

/** Finds a component whose telemetry goes nowhere. */
export function checkOutlets({ block, model, used }: Component, findings: Findings): void {
  // The rules of a `loki.relabel` are lent with `forward_to = []`: nothing goes through the component itself.
  if (model === undefined || (used.has('rules') && !used.has('receiver'))) return;
  const body = model.body();
  const { name, span } = block.name;
  const output = body.blocks.get('output');
  if (writers.includes(name) && !block.body.some((each) => each.kind === 'block' && each.name.name === 'endpoint'))
    findings.add('alloy-forward-to-nowhere', span, `\`${name}\` has no endpoint`, 'add a block `endpoint`');
  if (output?.required === true && !block.body.some((each) => each.name.name === 'output'))
    findings.add('alloy-forward-to-nowhere', span, `\`${name}\` has no output`, outputHelp(output.body()));
  checkOutletsWithin(block, body, findings);
}

function checkOutletsWithin(block: Block, model: BodyModel, findings: Findings): void {
  for (const statement of block.body) {
    const { name, span } = statement.name;
    if (statement.kind === 'attribute') {
      const { value } = statement;
      if (name === 'forward_to' && value.kind === 'array' && value.elements.length === 0)
        findings.add('alloy-forward-to-nowhere', value.span, `\`${block.name.name}\` forwards to nobody`);
      continue;
    }
    const inner = model.blocks.get(name)?.body();
    if (inner === undefined) continue;
    if (name === 'output' && isEmptyOutput(statement))
      findings.add('alloy-forward-to-nowhere', span, `\`${block.name.name}\` has an empty output`, outputHelp(inner));
    checkOutletsWithin(statement, inner, findings);
  }
}

function isEmptyOutput({ body }: Block): boolean {
  return body.every(
    (each) => each.kind === 'attribute' && each.value.kind === 'array' && each.value.elements.length === 0,
  );
}

function outputHelp(output: BodyModel): string {
  const names = [...output.arguments].filter(([, { kind }]) => kind !== undefined).map(([name]) => `\`${name}\``);
  return `\`output\` takes ${names.join(', ')}: lists of what the telemetry goes to`;
}
