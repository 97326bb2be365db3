import { examplePlan } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { argocdPatches } from './argocd.ts';

interface Patched {
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly template?: { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
  };
}

const patches = argocdPatches(examplePlan('prod-eu')).map(({ patch }) => parse(patch) as Patched);

it('asks collectors to scrape what tells of Applications and of repositories, on the ports of their metrics', () => {
  const asking = patches.flatMap(({ metadata, spec }) => {
    const annotations = spec?.template?.metadata.annotations ?? {};
    return annotations['prometheus.io/scrape'] === 'true' ? [[metadata.name, annotations['prometheus.io/port']]] : [];
  });
  expect(asking).toEqual([
    ['argocd-application-controller', '8082'],
    ['argocd-repo-server', '8084'],
  ]);
});

it('starts the controller anew when its interval changes', () => {
  const controller = patches.find(({ metadata }) => metadata.name === 'argocd-application-controller');
  expect(controller?.spec?.template?.metadata.annotations['lgtm-fleet.dev/poll-interval']).toBe('120s');
});
