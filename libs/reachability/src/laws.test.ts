import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solver } from './solve.ts';
import {
  attemptsAmong,
  egressRule,
  ingressRule,
  namespaces,
  peers,
  policies,
  worldFrom,
} from './testing/arbitraries.ts';
import { naive } from './testing/naive.ts';

test('it decides as a second implementation does that shares no code with it', () => {
  let [allowed, denied] = [0, 0];
  fc.assert(
    fc.property(policies, namespaces, peers, (raw, known, all) => {
      const solve = solver(worldFrom(raw, known));
      const judge = naive(raw, known, all);
      for (const attempt of attemptsAmong(all)) {
        const open = judge(attempt);
        expect(solve(attempt).verdict, JSON.stringify(attempt)).toBe(open ? 'allowed' : 'denied');
        if (open) allowed += 1;
        else denied += 1;
      }
    }),
    { numRuns: 400 },
  );
  // Neither answer is the easy one.
  expect(Math.min(allowed, denied) / (allowed + denied)).toBeGreaterThan(0.1);
});

test('what passes is what both ends let pass, and each names the policies that decide', () => {
  fc.assert(
    fc.property(policies, namespaces, peers, (raw, known, all) => {
      const solve = solver(worldFrom(raw, known));
      for (const attempt of attemptsAmong(all)) {
        const { verdict, egress, ingress } = solve(attempt);
        expect(verdict === 'allowed').toBe(egress.allowed && ingress.allowed);
        for (const side of [egress, ingress]) if (!side.allowed) expect(side.policies).not.toEqual([]);
        // Who is no pod has no policies.
        if (attempt.from.kind === 'address') expect(egress).toEqual({ allowed: true, policies: [] });
        if (attempt.to.kind === 'address') expect(ingress).toEqual({ allowed: true, policies: [] });
      }
    }),
    { numRuns: 100 },
  );
});

test('the order of policies and of rules does not matter', () => {
  fc.assert(
    fc.property(policies, namespaces, peers, (raw, known, all) => {
      const turned = raw.toReversed().map((policy) => ({
        ...policy,
        spec: {
          ...policy.spec,
          ...(policy.spec.ingress !== undefined && { ingress: policy.spec.ingress.toReversed() }),
          ...(policy.spec.egress !== undefined && { egress: policy.spec.egress.toReversed() }),
        },
      }));
      const [solve, other] = [solver(worldFrom(raw, known)), solver(worldFrom(turned, known))];
      for (const attempt of attemptsAmong(all)) expect(solve(attempt).verdict).toBe(other(attempt).verdict);
    }),
    { numRuns: 100 },
  );
});

test('a rule more never shuts what was open, where the policy isolates without it', () => {
  fc.assert(
    fc.property(policies, namespaces, peers, ingressRule, egressRule, fc.nat(), (raw, known, all, into, out, at) => {
      fc.pre(raw.length > 0);
      const types = ['Ingress', 'Egress'] as const;
      const fixed = raw.map((policy) => ({ ...policy, spec: { ...policy.spec, policyTypes: types } }));
      const wider = fixed.map((policy, index) =>
        index === at % raw.length
          ? {
              ...policy,
              spec: {
                ...policy.spec,
                ingress: [...(policy.spec.ingress ?? []), into],
                egress: [...(policy.spec.egress ?? []), out],
              },
            }
          : policy,
      );
      const [before, after] = [solver(worldFrom(fixed, known)), solver(worldFrom(wider, known))];
      for (const attempt of attemptsAmong(all))
        if (before(attempt).verdict === 'allowed') expect(after(attempt).verdict).toBe('allowed');
    }),
    { numRuns: 100 },
  );
});

test('a policy more never opens what was shut for pods that are isolated already', () => {
  fc.assert(
    fc.property(policies, namespaces, peers, (raw, known, all) => {
      const shut = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] as const };
      const denyAll = ['red', 'green', 'blue'].map((namespace) => ({ name: 'deny', namespace, spec: shut }));
      const [without, within] = [solver(worldFrom(raw, known)), solver(worldFrom([...raw, ...denyAll], known))];
      for (const attempt of attemptsAmong(all))
        if (within(attempt).verdict === 'allowed') expect(without(attempt).verdict).toBe('allowed');
    }),
    { numRuns: 100 },
  );
});

test('where there are no policies everything passes', () => {
  fc.assert(
    fc.property(namespaces, peers, (known, all) => {
      const solve = solver(worldFrom([], known));
      for (const attempt of attemptsAmong(all)) expect(solve(attempt).verdict).toBe('allowed');
    }),
    { numRuns: 10 },
  );
});
