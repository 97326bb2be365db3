import type { FormatFindings } from './context.ts';
import { githubFindings } from './github.ts';
import { jsonFindings } from './json.ts';
import { junitFindings } from './junit.ts';
import { markdownFindings } from './markdown.ts';
import { prettyFindings } from './pretty.ts';
import { sarifFindings } from './sarif.ts';

/** Every format of findings by the name that `--format` takes. */
export const findingFormats = {
  pretty: prettyFindings,
  json: jsonFindings,
  sarif: sarifFindings,
  github: githubFindings,
  junit: junitFindings,
  markdown: (findings, context) => markdownFindings(findings, context),
} as const satisfies Readonly<Record<string, FormatFindings>>;

export type FindingFormat = keyof typeof findingFormats;

export function isFindingFormat(name: string): name is FindingFormat {
  return Object.hasOwn(findingFormats, name);
}
