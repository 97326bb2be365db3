interface Line {
  /** Columns; all but the last are padded to the widest of their run. Each level of indentation is an empty one. */
  readonly cells: string[];
  /** True when it aligns with no line above. */
  readonly first: boolean;
}

/** Lines of text whose columns align, as elastic tabs do (Go's `text/tabwriter`, which `alloy fmt` uses). */
export interface Layout {
  /** Appends to the line; a text of several lines goes on without indentation. */
  text(text: string): void;
  /** Appends a comment, all of it in one column whatever its line breaks. */
  comment(text: string): void;
  /** A space, if more text follows on the line. */
  space(): void;
  /** What follows on the line stands in the next column. */
  column(): void;
  /** Ends the line. `apart`: columns do not align across. */
  end(apart: boolean): void;
  /** Number of line breaks so far. */
  readonly count: () => number;
  readonly print: () => string;
}

export function createLayout(indentation: () => number): Layout {
  const lines: Line[] = [];
  let current: Line | undefined;
  let apart = true;
  let pendingSpace = false;
  let inComments = 0;

  const end = (isApart: boolean): void => {
    lines.push(current ?? { cells: [], first: true });
    current = undefined;
    pendingSpace = false;
    apart = isApart;
  };
  const append = (text: string, indent: number): void => {
    current ??= { cells: Array.from({ length: indent + 1 }, () => ''), first: apart };
    const last = current.cells.length - 1;
    current.cells[last] = `${current.cells[last] ?? ''}${pendingSpace ? ' ' : ''}${text}`;
    pendingSpace = false;
  };
  return {
    text: (text) => {
      const [head = '', ...tail] = text.split('\n');
      append(head, indentation());
      for (const line of tail) {
        end(false);
        append(line, 0);
      }
    },
    comment: (text) => {
      append(text, indentation());
      inComments += text.split('\n').length - 1;
    },
    space: () => {
      pendingSpace = current !== undefined;
    },
    column: () => {
      pendingSpace = false;
      current?.cells.push('');
    },
    end,
    count: () => lines.length + inComments,
    print: () => printLines(current === undefined ? lines : [...lines, current]),
  };
}

interface Column {
  width: number;
}

const tabWidth = 8;

function printLines(lines: readonly Line[]): string {
  const columns: (readonly Column[])[] = [];
  for (const [index, line] of lines.entries()) {
    // A column goes on from the line above where that has it too.
    const shared = line.first ? [] : (columns[index - 1] ?? []);
    columns.push(
      line.cells.slice(0, -1).map((cell, at) => {
        const column = shared[at] ?? { width: 0 };
        column.width = Math.max(column.width, widthOf(cell) + 1);
        return column;
      }),
    );
  }
  return lines.map(({ cells }, index) => printLine(cells, columns[index] ?? [])).join('\n');
}

function printLine(cells: readonly string[], columns: readonly Column[]): string {
  const indent = cells.findIndex((cell) => cell !== '');
  return cells
    .map((cell, at) => {
      const width = columns[at]?.width ?? 0;
      if (at < indent) return '\t'.repeat(Math.ceil(width / tabWidth));
      return `${cell}${' '.repeat(Math.max(0, width - widthOf(cell)))}`;
    })
    .join('');
}

/** In code points, as Go counts. */
function widthOf(text: string): number {
  let width = text.length;
  // A character beyond the first 65536 takes two units.
  if (surrogate.test(text)) for (const character of text) width -= character.length - 1;
  return width;
}

const surrogate = /[\ud800-\udbff]/;
