import { visible, type Span } from '@lgtm-fleet/diagnostics';
import type { Edit, Finding, Fix, RuleMeta, Severity } from '@lgtm-fleet/lint';
import { rulesById, type FindingContext } from './context.ts';
import { fingerprints } from './fingerprint.ts';
import { byPlace } from './order.ts';
import { locator, type Locate } from './position.ts';
import { printableJson } from './printable-json.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const ROOT = '%SRCROOT%';

/**
 * SARIF 2.1.0, for GitHub's code scanning and editors. Source: "Static Analysis Results Interchange Format
 * (SARIF) Version 2.1.0", OASIS.
 */
export function sarifFindings(findings: readonly Finding[], context: FindingContext): string {
  const locate = locator(context.sourceOf);
  const sorted = findings.toSorted(byPlace);
  const marks = fingerprints(sorted, context.sourceOf);
  const indexes = new Map(context.rules.map(({ id }, index) => [id, index]));
  const rules = rulesById(context);
  return printableJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'lgtm-fleet',
            semanticVersion: context.toolVersion,
            rules: context.rules.map((rule) => descriptor(rule, context.docsUrl(rule.id))),
          },
        },
        // Without an address, as the standard allows: a log must not depend on where the checkout lies.
        originalUriBaseIds: { [ROOT]: { description: message('The root of the repository.') } },
        columnKind: 'utf16CodeUnits',
        results: sorted.map((finding, index) => ({
          ruleId: finding.rule,
          ...(rules.has(finding.rule) && { ruleIndex: indexes.get(finding.rule) }),
          level: LEVELS[finding.severity],
          message: message([finding.message, ...helpLine(finding)].map(visible).join('\n')),
          locations: [location(finding, locate)],
          // Not `primaryLocationLineHash`: GitHub's upload computes that itself, and complains about another.
          partialFingerprints: { 'lgtmFleetFinding/v1': marks[index] },
          ...(finding.fix !== undefined && finding.fix.edits.length > 0 && { fixes: [fixOf(finding.fix, locate)] }),
          properties: { clusters: finding.clusters },
        })),
      },
    ],
  });
}

function descriptor({ id, severity, family, description, why, source }: RuleMeta, docs: string): unknown {
  const help = [why, ...(source === undefined ? [] : [`Seen in: ${source}`]), `More: ${docs}`].join('\n\n');
  return {
    id,
    shortDescription: message(description),
    fullDescription: message(why),
    // An address must be absolute there; the path of the page is in the help.
    ...(URL.canParse(docs) && { helpUri: docs }),
    help: message(help),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [family] },
  };
}

function helpLine({ help }: Finding): readonly string[] {
  return help === undefined ? [] : [`Help: ${help}`];
}

/**
 * Plain text of SARIF may hold links, `[text](address)`, and placeholders, `{0}`: text of unknown origin must
 * not become either. Other braces stay as they are, as all readers show them, though the standard doubles them.
 */
function message(text: string): { readonly text: string } {
  return {
    text: text
      .replaceAll('](', '] (')
      .replace(/\{(\d+)\}/g, '{{$1}}')
      .toWellFormed(),
  };
}

function location({ file, span, object, label }: Finding, locate: Locate): unknown {
  return {
    physicalLocation: {
      artifactLocation: artifact(file),
      // GitHub refuses a result without a line.
      region: span === undefined || locate(file, span) === undefined ? { startLine: 1 } : region(file, span, locate),
    },
    ...(object !== undefined && {
      logicalLocations: [{ fullyQualifiedName: object.toWellFormed(), kind: 'object' }],
    }),
    ...(label !== undefined && { message: message(label) }),
  };
}

function artifact(file: string): unknown {
  const uri = file.toWellFormed().replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: ROOT };
}

/** Lines and columns with the offsets beside them; offsets alone for a file without text. */
function region(file: string, span: Span, locate: Locate): unknown {
  const found = locate(file, span);
  if (found === undefined) return { charOffset: span.start, charLength: span.end - span.start };
  const { start, end } = found;
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    charOffset: start.offset,
    charLength: end.offset - start.offset,
  };
}

function fixOf(fix: Fix, locate: Locate): unknown {
  const replacement = ({ file, span, text }: Edit): unknown => ({
    deletedRegion: region(file, span, locate),
    insertedContent: { text: text.toWellFormed() },
  });
  const artifactChanges = [...Map.groupBy(fix.edits, ({ file }) => file)].map(([file, edits]) => ({
    artifactLocation: artifact(file),
    replacements: edits.map(replacement),
  }));
  const description = message(
    fix.safe ? 'Safe: nothing but the fault changes.' : 'Unsafe: read it before it is applied.',
  );
  return { description, artifactChanges };
}
