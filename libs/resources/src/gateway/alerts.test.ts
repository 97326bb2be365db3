import { ruleFiles } from '@lgtm-fleet/alerts';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { printFile } from '../alloy-syntax/print.ts';
import { collectLogs } from '../alloy/logs.ts';
import { LOG_FIELDS } from './refusals.ts';

/** Rules know the access log and what is counted of it by names alone. */

const plan = examplePlan('prod-eu');
const rules = (family: string) => JSON.stringify(ruleFiles(plan).find(({ name }) => name === family)?.value);

it('rules on the access log read fields that it has', () => {
  const read = [...rules('gateway-logs').matchAll(/\b(\w+)=\\"\1\\"/g)].map(([, field]) => field);
  expect(read).toContain('status');
  const written = LOG_FIELDS.map(([name]) => name);
  expect(read.filter((field) => !written.includes(field!))).toEqual([]);
});

it('rules on refusals ask for the counter that collectors make of it', () => {
  const config = printFile(collectLogs(plan));
  const [, name] = /name += "(\w+_requests_total)"/.exec(config)!;
  const [, prefix] = /prefix += "(\w+)"/.exec(config)!;
  expect(rules('gateway')).toContain(`${prefix!}${name!}{`);
});
