import type { RuleMeta } from './types.ts';

/** What the engine says itself, beside the rules; not to be suppressed. */
export const engineRules: readonly RuleMeta[] = [
  {
    id: 'internal-error',
    family: 'gitops',
    severity: 'error',
    description: 'A rule failed.',
    why: 'What it would have found is unknown.',
  },
  {
    id: 'unexplained-suppression',
    family: 'gitops',
    severity: 'error',
    description: 'A suppression gives no reason.',
    why: 'Whoever comes next cannot know whether it still holds. It does not count until it says why.',
  },
  {
    id: 'unreadable-manifest',
    family: 'gitops',
    severity: 'error',
    description: 'What Kustomize renders cannot be read.',
    why: 'Argo CD would refuse it too, and no rule can look at it.',
  },
  {
    id: 'unused-suppression',
    family: 'gitops',
    severity: 'warning',
    description: 'A suppression silences nothing.',
    why: 'It would silence the fault that comes back one day.',
  },
];
