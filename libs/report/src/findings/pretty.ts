import { formatDiagnostic, type Note } from '@lgtm-fleet/diagnostics';
import type { Finding } from '@lgtm-fleet/lint';
import { rulesById, type FindingContext } from './context.ts';
import { byPlace, countFindings, fixable, noFindings } from './order.ts';

/** For people at a terminal, in the manner of rustc. A rule says why at its first finding only. */
export function prettyFindings(findings: readonly Finding[], context: FindingContext): string {
  if (findings.length === 0) return `${noFindings(context.rules.length)}\n`;
  const rules = rulesById(context);
  const explained = new Set<string>();
  const shown = findings.toSorted(byPlace).map((finding) => {
    const rule = rules.get(finding.rule);
    const why = explained.has(finding.rule) ? undefined : rule?.why;
    explained.add(finding.rule);
    const { severity, message, file, span, label } = finding;
    return formatDiagnostic(
      {
        id: finding.rule,
        severity,
        message,
        file,
        ...(span !== undefined && { span }),
        ...(label !== undefined && { label }),
        notes: [
          ...note('why', why),
          ...note('help', finding.help),
          ...note('object', finding.object),
          ...note('clusters', finding.clusters.length > 1 ? finding.clusters.join(', ') : undefined),
          ...note('docs', rule && context.docsUrl(rule.id)),
        ],
      },
      context.sourceOf(file),
    );
  });
  const amount = fixable(findings);
  const fix = amount === 0 ? '' : `; ${amount} can be fixed with --fix`;
  return `${[...shown, countFindings(findings) + fix].join('\n\n')}\n`;
}

function note(name: string, text: string | undefined): readonly Note[] {
  return text === undefined ? [] : [{ name, text }];
}
