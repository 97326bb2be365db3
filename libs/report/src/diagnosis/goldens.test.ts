import type { Diagnosis, Finding, Report } from '@lgtm-fleet/doctor';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prettyChanges } from './changes.ts';
import { jsonReport } from './json.ts';
import { prettyReport } from './pretty.ts';

const urlOf = ({ runbook }: Finding): string => `https://git.example.com/runbooks/${runbook}.md`;

const symptom: Finding = {
  id: 'mount-missing',
  severity: 'error',
  layer: 'pod',
  what: 'pod loki-0 waits for what it mounts',
  where: 'observability/Pod/loki-0',
  why: ['configmap "loki-config-abc" not found'],
  next: 'kubectl --namespace=observability describe pod loki-0',
  about: ['loki/monolithic'],
  runbook: 'mount-missing',
};
const cause: Diagnosis = {
  ...symptom,
  id: 'config-map-missing',
  layer: 'inputs',
  what: 'ConfigMap loki-config-abc is gone',
  where: 'observability/ConfigMap/loki-config-abc',
  why: ['git has it, and namespace observability has not'],
  next: 'kubectl --namespace=argocd get applications home-lab-loki',
  symptoms: [symptom, ...Array.from({ length: 9 }, (_, index) => ({ ...symptom, what: `and so on ${index}` }))],
};
const hostile: Diagnosis = {
  ...symptom,
  severity: 'warning',
  what: 'said \u001b[31mred\u001b[0m and Bearer abcdefghijklmnopqrstuvwxyz',
  why: ['a line\nand another'],
  symptoms: [],
};
const report: Report = {
  cluster: 'home-lab',
  at: '2026-03-01T12:00:00Z',
  seconds: 12.4,
  diagnoses: [cause, hostile],
  unknown: [{ what: 'Secret observability/grafana-admin', because: 'this user may not: secrets is forbidden' }],
  checks: 66,
};
const way: Report['way'] = [
  { step: 'write', signal: 'metrics', ok: true, seconds: 0.012, detail: 'accepted with 200' },
  { step: 'ring', signal: 'metrics', ok: true, detail: '3 of 3 members of ingester are active' },
  { step: 'flush', signal: 'metrics', ok: true, detail: 'last uploaded 12 minutes ago' },
  { step: 'read', signal: 'metrics', ok: false, seconds: 25, detail: 'it is not found' },
  { step: 'metric to trace', signal: 'traces', ok: true, seconds: 0.5, detail: 'by the exemplar of the metric' },
];
const healthy: Report = { ...report, diagnoses: [], unknown: [] };

const golden = (name: string): string => join(import.meta.dirname, 'fixtures', name);

describe('for people', () => {
  test('causes with their symptoms, what is not known, and a last line that counts', async () => {
    await expect(prettyReport(report, urlOf)).toMatchFileSnapshot(golden('report.txt'));
  });

  test('a healthy cluster', async () => {
    await expect(prettyReport(healthy, urlOf)).toMatchFileSnapshot(golden('healthy.txt'));
  });

  test('the way of a canary', async () => {
    await expect(prettyReport({ ...healthy, way }, urlOf)).toMatchFileSnapshot(golden('way.txt'));
  });

  test('what nobody could see is no health', () => {
    const dark = { ...healthy, unknown: report.unknown };
    expect(prettyReport(dark, urlOf)).toContain('no findings on home-lab (66 checks, 12 s); 1 thing is not known');
  });

  test('what changed', async () => {
    const changes = { appeared: [hostile], gone: [cause], darkened: report.unknown, lightened: report.unknown };
    await expect(`${prettyChanges(changes, report.at, urlOf)}\n`).toMatchFileSnapshot(golden('changes.txt'));
    expect(prettyChanges({ appeared: [], gone: [], darkened: [], lightened: [] }, report.at, urlOf)).toBe('');
  });

  test('a terminal obeys nothing of it, and no credential is shown', () => {
    const text = prettyReport(report, urlOf);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(text).not.toContain('abcdefghijklmnopqrstuvwxyz');
  });
});

test('for programs', async () => {
  const text = jsonReport(report, urlOf);
  await expect(text).toMatchFileSnapshot(golden('report.json'));
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    cluster: 'home-lab',
    diagnoses: [{ id: 'config-map-missing' }, {}],
  });
});
