import { textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { CheckReading } from './check.ts';

const ALL = Array.from({ length: 500 }, (_, index) => 100 + index);
const MOST = 50;
/** Codes that servers send; a range of all numbers would be longer than a source may list. */
const SENT = [200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308];

/** Codes that a check takes, which it says by an expression of Python: 1xx, 2xx and 3xx unless said. */
export function statusesOf(
  node: SourceNode | undefined,
  follows: boolean,
  { ledger, to, fatal }: CheckReading,
): readonly number[] | undefined {
  const written = textOf(node);
  const at = `${to}.blackbox.http.statuses`;
  if (written === undefined || written === '(1|2|3)\\d\\d') {
    // Where redirects are followed, none of 3xx is the last answer.
    if (follows) {
      ledger.changed(node, `${to}.blackbox.http`, 'it follows redirects, and takes any code of 2xx in the end');
      return undefined;
    }
    ledger.changed(node, at, 'the codes of 2xx and 3xx that servers send');
    return SENT;
  }
  const codes = codesOf(written);
  if (codes.length === 0 || codes.length > 200) {
    fatal.push('`http_response_status_code` is no expression that some codes fit');
    return undefined;
  }
  if (codes.length <= MOST) {
    ledger.carried(node, at);
    return codes;
  }
  ledger.changed(node, at, 'of the codes that fit, those that servers send');
  return codes.filter((code) => SENT.includes(code) || code >= 400).slice(0, MOST);
}

/** Which codes fit an expression of digits, classes and choices; none of any other. */
function codesOf(pattern: string): readonly number[] {
  if (pattern.length > 100 || !/^[\d|()[\]\\d.\-^$?:x]+$/i.test(pattern)) return [];
  try {
    const expression = new RegExp(`^(?:${pattern.replace(/x/gi, '\\d')})$`);
    return ALL.filter((code) => expression.test(String(code)));
  } catch {
    return [];
  }
}
