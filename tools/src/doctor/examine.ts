import { diagnose, scrubbedReport, type Facts, type Report } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import type { Connection } from '../kubernetes/connect.ts';
import { collect } from './collect.ts';
import { reduced, withoutObjects, type ExamineOptions } from './options.ts';

/**
 * Looks at a cluster and says what is wrong with it, and what it could not learn. Whatever is broken, it ends within
 * its time.
 */
export async function examine(connection: Connection, plan: Plan, options: ExamineOptions): Promise<Report> {
  return (await examined(connection, plan, options)).report;
}

export interface Examined {
  readonly report: Report;
  readonly facts: Facts;
  /** What must never leave this machine. */
  readonly secrets: readonly string[];
}

/** The same with what it was made from. */
export async function examined(connection: Connection, plan: Plan, options: ExamineOptions): Promise<Examined> {
  const start = performance.now();
  const own = reduced(plan, options);
  const { facts: all, secrets } = await collect(connection, own.plan, own.options);
  const facts = withoutObjects(all, options);
  const report = diagnose(own.plan, facts, (performance.now() - start) / 1000);
  return { report: scrubbedReport(report, secrets), facts, secrets };
}
