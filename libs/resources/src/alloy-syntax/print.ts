import { alignAssignments, isIdentifier, printExpression, type Expression } from './expression.ts';

export interface Attribute {
  readonly kind: 'attribute';
  readonly name: string;
  readonly value: Expression;
  readonly comment?: string;
}

export interface Block {
  readonly kind: 'block';
  /** Name of a component or of a block in one, with its dots: `loki.write`, `stage.cri`. */
  readonly name: string;
  readonly label?: string;
  readonly comment?: string;
  readonly body: readonly (Attribute | Block)[];
}

/**
 * The file as `alloy fmt` leaves it: tabs, `=` aligned within a run of one-line attributes, a blank
 * line before every block. A comment ends a run.
 *
 * @throws Error where a name or a label is none.
 */
export function printFile(blocks: readonly Block[]): string {
  return blocks.map((block) => `${printBlock(block, '')}\n`).join('\n');
}

function printBlock(block: Block, indent: string): string {
  if (!block.name.split('.').every(isIdentifier)) throw new Error(`'${block.name}' is not the name of a block`);
  if (block.label !== undefined && !isIdentifier(block.label)) throw new Error(`'${block.label}' is not a label`);
  const head = `${indent}${block.name}${block.label === undefined ? '' : ` "${block.label}"`} {`;
  const body = printBody(block.body, `${indent}\t`);
  return `${printComment(block.comment, indent)}${body === '' ? `${head} }` : `${head}\n${body}${indent}}`}`;
}

function printBody(body: Block['body'], indent: string): string {
  let text = '';
  let run: Attribute[] = [];
  const flush = (): void => {
    for (const attribute of run)
      if (!isIdentifier(attribute.name)) throw new Error(`'${attribute.name}' is not an argument`);
    const assignments = run.map(({ name, value }) => ({ name, value: printExpression(value, indent) }));
    text += alignAssignments(assignments)
      .map((line) => `${indent}${line}\n`)
      .join('');
    run = [];
  };
  for (const statement of body) {
    if (statement.kind === 'block') {
      flush();
      text += `${text === '' ? '' : '\n'}${printBlock(statement, indent)}\n`;
      continue;
    }
    if (statement.comment !== undefined) {
      flush();
      text += printComment(statement.comment, indent);
    }
    run.push(statement);
  }
  flush();
  return text;
}

function printComment(comment: string | undefined, indent: string): string {
  if (comment === undefined) return '';
  return comment
    .split('\n')
    .map((line) => `${indent}// ${line}\n`)
    .join('');
}
