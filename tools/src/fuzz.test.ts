import { checkWiring, formatAlloy, parseAlloy } from '@lgtm-fleet/alloy';
import { lint, rules } from '@lgtm-fleet/lint';
import { checkLogql, checkPromql, checkTraceql } from '@lgtm-fleet/queries';
import { dependencyWalk } from '@lgtm-fleet/render';
import { decode, parse } from '@lgtm-fleet/spec';
import { plan } from '@lgtm-fleet/plan';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from './testing/rendered.ts';
import { readKustomization } from './workspace/lint-input.ts';
import { mutated } from './testing/mutated.ts';
import { YAMLException } from 'js-yaml';

/**
 * What people write, broken at random: nothing may throw, hang, or point outside of the text. `RUNS=1000000`
 * makes it a long run; the pair of a diff is fuzzed in libs/diff.
 */
const numRuns = Number(process.env['RUNS'] ?? 10_000);
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const timeout = Math.max(120_000, numRuns * 20);
const text = (path: string): string => readFileSync(join(checkout(), path), 'utf8');
const spec = text('clusters/prod-eu/cluster.yaml');
const kustomization = text('overlays/prod-eu/loki/kustomization.yaml');
const alloy = text('overlays/prod-eu/alloy/config.alloy');

interface Spanned {
  readonly span?: { readonly start: number; readonly end: number } | undefined;
}

function expectInside(faults: readonly Spanned[], source: string): void {
  for (const { span } of faults) {
    if (span === undefined) continue;
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(source.length + 1);
  }
}

test(
  `cluster files (seed ${String(seed)})`,
  () => {
    fc.assert(
      fc.property(mutated(spec), (source) => {
        const decoded = decode('clusters/prod-eu/cluster.yaml', new TextEncoder().encode(source));
        if ('id' in decoded) return;
        const parsed = parse(decoded);
        if (parsed.ok) plan(parsed.value.cluster, { repository: 'https://git.example.com/x.git' });
        else {
          expect(parsed.diagnostics.length).toBeGreaterThan(0);
          expectInside(parsed.diagnostics, decoded.text);
        }
      }),
      { numRuns, seed },
    );
  },
  timeout,
);

test(
  `kustomizations (seed ${String(seed)})`,
  () => {
    const cluster = parse({ path: 'clusters/prod-eu/cluster.yaml', text: spec });
    if (!cluster.ok) throw new Error('the example is no cluster');
    const planned = plan(cluster.value.cluster, { repository: 'https://git.example.com/x.git' });
    fc.assert(
      fc.property(mutated(kustomization), (source) => {
        const file = 'overlays/prod-eu/loki/kustomization.yaml';
        const read = (path: string): string | undefined => (path === file ? source : undefined);
        try {
          const { files } = dependencyWalk(read)('overlays/prod-eu/loki');
          expect(files).toContain(file);
        } catch (error) {
          // What is no YAML is said so, and by Kustomize before.
          if (!(error instanceof YAMLException)) throw error;
        }
        const kustomizations = readKustomization(file, source);
        const { cluster: own } = cluster.value;
        const findings = lint(
          {
            clusters: [{ spec: own, plan: planned, manifests: [], kustomizations, secretFiles: [] }],
            sources: { read, filesOf: () => [file], generated: () => undefined },
          },
          rules,
        );
        expect(findings.filter(({ rule }) => rule === 'internal-error')).toEqual([]);
        for (const finding of findings) expectInside([finding], finding.file === file ? source : spec);
      }),
      { numRuns, seed },
    );
  },
  timeout,
);

test(
  `Alloy (seed ${String(seed)})`,
  () => {
    fc.assert(
      fc.property(mutated(alloy.slice(0, 1500)), (source) => {
        const { file, faults } = parseAlloy(source);
        expectInside(faults, source);
        expectInside(checkWiring(file), source);
        const once = formatAlloy(source);
        expect(formatAlloy(once)).toBe(once);
      }),
      { numRuns, seed },
    );
  },
  timeout,
);

test.each([
  [
    'PromQL',
    'sum by (job) (rate(loki_request_duration_seconds_bucket{job=~"a|b", code!="5.."}[5m] offset 1h)) > bool 0.5',
    checkPromql,
  ],
  [
    'LogQL',
    'sum by (level) (rate({app="shop"} |= "error" | json | status >= 500 | unwrap duration(took) [5m]))',
    checkLogql,
  ],
  ['TraceQL', '{ resource.service.name = "shop" && duration > 1s } >> { status = error } | count() > 2', checkTraceql],
] as const)(
  `%s (seed ${String(seed)})`,
  (_, query, check) => {
    fc.assert(
      fc.property(mutated(query), (source) => {
        expectInside(check(source), source);
      }),
      { numRuns, seed },
    );
  },
  timeout,
);
