import type { Edit, Finding, RuleMeta, Severity } from '@lgtm-fleet/lint';
import type { FindingContext } from './context.ts';
import { byPlace, clustersOf, fixable } from './order.ts';
import { locator, type Locate, type Position } from './position.ts';
import { printableJson } from './printable-json.ts';

/** The document that `--format json` prints. Fields may be added; `version` goes up when one changes or goes. */
export interface FindingsDocument {
  readonly version: 1;
  readonly tool: { readonly name: 'lgtm-fleet'; readonly version: string };
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    /** How many `--fix` would mend. */
    readonly fixable: number;
    /** Sorted names of the clusters that have a finding. */
    readonly clusters: readonly string[];
  };
  /** The rules that have a finding, by their order in the index, with their page. A finding may have none: a file that cannot be read. */
  readonly rules: readonly (RuleMeta & { readonly docs: string })[];
  /** By file, position, rule. A field without a value is left out. */
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly message: string;
    readonly help?: string;
    readonly label?: string;
    readonly file: string;
    /** Absent where the whole file is meant. */
    readonly span?: SpanDocument;
    readonly object?: string;
    readonly clusters: readonly string[];
    readonly fix?: {
      readonly safe: boolean;
      readonly edits: readonly { readonly file: string; readonly span: SpanDocument; readonly text: string }[];
    };
  }[];
}

/** `end` is exclusive. Offsets count from 0, lines and columns from 1, in UTF-16 units; without its text a file has offsets only. */
export interface SpanDocument {
  readonly start: Position | { readonly offset: number };
  readonly end: Position | { readonly offset: number };
}

/** For programs: a {@link FindingsDocument}. */
export function jsonFindings(findings: readonly Finding[], context: FindingContext): string {
  const locate = locator(context.sourceOf);
  const loud = new Set(findings.map(({ rule }) => rule));
  const amount = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const document: FindingsDocument = {
    version: 1,
    tool: { name: 'lgtm-fleet', version: context.toolVersion },
    summary: {
      errors: amount('error'),
      warnings: amount('warning'),
      infos: amount('info'),
      fixable: fixable(findings),
      clusters: clustersOf(findings),
    },
    rules: context.rules.filter(({ id }) => loud.has(id)).map((rule) => ({ ...rule, docs: context.docsUrl(rule.id) })),
    findings: findings
      .toSorted(byPlace)
      .map(({ rule, severity, message, help, label, file, span, object, clusters, fix }) => ({
        rule,
        severity,
        message,
        ...(help !== undefined && { help }),
        ...(label !== undefined && { label }),
        file,
        ...(span !== undefined && { span: spanDocument({ file, span }, locate) }),
        ...(object !== undefined && { object }),
        clusters,
        ...(fix !== undefined && {
          fix: {
            safe: fix.safe,
            edits: fix.edits.map((edit) => ({
              file: edit.file,
              span: spanDocument(edit, locate),
              text: edit.text,
            })),
          },
        }),
      })),
  };
  return printableJson(document);
}

function spanDocument({ file, span }: Pick<Edit, 'file' | 'span'>, locate: Locate): SpanDocument {
  return locate(file, span) ?? { start: { offset: span.start }, end: { offset: span.end } };
}
