import type { Span } from '@lgtm-fleet/diagnostics';
import type { Comment } from './ast.ts';
import { createLayout } from './layout.ts';

/** White space that is due before the next token; a comment in between replaces what is not indentation. */
type Pending = 'space' | 'column' | 'line' | 'feed' | 'indent' | 'outdent';

/** Writes tokens in their order and puts each comment before the first token that followed it in the source. */
export interface Writer {
  /** A token and its place in the source. */
  token(text: string, span: Span): void;
  /** A token that sticks to the one before: no comment comes between. */
  glue(text: string): void;
  /** `line` aligns with the line above, `feed` does not. */
  pend(...pending: readonly Pending[]): void;
  /** Number of line breaks so far. */
  readonly lines: () => number;
  /** Writes the comments that are left. The text has a line break at its end, and is empty when nothing was written. */
  readonly finish: () => string;
}

/** Of blank lines around a comment, one stays. */
const mostBreaks = 2;

export function createWriter(comments: readonly Comment[], lineOf: (offset: number) => number): Writer {
  let indentation = 0;
  let pending: Pending[] = [];
  let next = 0;
  // Line in the source on which the last thing that was written ends; -1 before the first.
  let lastLine = -1;
  const layout = createLayout(() => indentation);

  const apply = (item: Pending): void => {
    if (item === 'indent') indentation += 1;
    else if (item === 'outdent') indentation -= 1;
    else if (item === 'space') layout.space();
    else if (item === 'column') layout.column();
    else layout.end(item === 'feed');
  };
  const isIndentation = (item: Pending): boolean => item === 'indent' || item === 'outdent';
  const breaks = (count: number, apart: boolean): void => {
    for (let each = 0; each < Math.min(count, mostBreaks); each += 1) layout.end(apart);
  };

  /** `inline`: the next token may follow on the line. True when the comment begins a line. */
  const writeComment = ({ text, span }: Comment, lineOfNext: number, inline: boolean): boolean => {
    const line = lineOf(span.start);
    const begins = lastLine !== -1 && line !== lastLine;
    if (lastLine === -1) {
      // Nothing stands before it.
    } else if (line === lastLine) {
      if (line === lineOfNext && inline) layout.space();
      else layout.column();
    } else {
      const other = pending.findIndex((item) => !isIndentation(item));
      if (other !== -1) {
        pending.splice(0, other).forEach(apply);
        pending.shift();
      }
      breaks(line - lastLine, true);
    }
    layout.comment(text);
    lastLine = lineOf(span.end - 1);
    return begins;
  };

  /** Comments that stand before an offset, and the white space around them. */
  const advance = (offset: number, lineOfNext: number): void => {
    let last: Comment | undefined;
    // The next token begins a line, unless a comment has done so.
    let due = pending.includes('feed') || pending.includes('line');
    for (let comment = comments[next]; comment !== undefined && comment.span.start < offset; comment = comments[next]) {
      if (writeComment(comment, lineOfNext, !due)) due = false;
      last = comment;
      next += 1;
    }
    if (last === undefined) {
      pending.forEach(apply);
    } else {
      const apart = pending.includes('feed');
      pending.filter(isIndentation).forEach(apply);
      const least = last.text.startsWith('//') || due ? 1 : 0;
      const count = Math.max(lineOfNext - lastLine, least);
      if (count === 0) layout.space();
      breaks(count, apart);
    }
    pending = [];
  };

  return {
    token: (text, span) => {
      const line = lineOf(span.start);
      advance(span.start, line);
      layout.text(text);
      lastLine = lineOf(Math.max(span.start, span.end - 1));
    },
    glue: (text) => {
      pending.forEach(apply);
      pending = [];
      layout.text(text);
    },
    pend: (...items) => {
      pending.push(...items);
    },
    lines: layout.count,
    finish: () => {
      for (const comment of comments.slice(next)) writeComment(comment, Number.POSITIVE_INFINITY, true);
      const text = layout.print();
      return text === '' ? '' : `${text}\n`;
    },
  };
}
