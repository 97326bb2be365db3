import { describe, expect, it } from 'vitest';
import { because, block, directive, printNginx } from './nginx.ts';

describe('printNginx', () => {
  it('writes blocks, reasons and arguments', () => {
    const text = printNginx([
      directive('a', '1', ''),
      block('b', ['x'], [because('Why.\nReally.', directive('c', 'd e'))]),
    ]);
    expect(text).toBe('a 1 "";\n\nb x {\n    # Why.\n    # Really.\n    c "d e";\n}\n');
  });

  it('quotes what nginx would take apart', () => {
    expect(printNginx([directive('a', 'x;y', '{', '#', '"b"')])).toBe(`a "x;y" "{" "#" '"b"';\n`);
  });

  it.each(['line\nbreak', 'bell\u0007', `"both'`])('refuses %j', (argument) => {
    expect(() => printNginx([directive('a', argument)])).toThrow('nginx argument');
  });
});
