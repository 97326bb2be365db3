import { anyCluster } from '@lgtm-fleet/spec/testing';
import { plan } from '@lgtm-fleet/plan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatewayRoutes } from '../gateway/routes.ts';
import { pathsOfShape } from './shapes.ts';

describe('paths of a shape', () => {
  it.each([
    ['^/a/(?:b|c)$', ['Exact /a/b', 'Exact /a/c']],
    [
      '^/a/(?:b|(?:v2/)?c/.+|d/(?:e|f))$',
      ['Exact /a/b', 'PathPrefix /a/v2/c', 'PathPrefix /a/c', 'Exact /a/d/e', 'Exact /a/d/f'],
    ],
    ['^/rules(?:/.+)?$', ['PathPrefix /rules']],
    ['^/c/[a-z_]+$', ['PathPrefix /c']],
    ['^/a/[^/]+/(?:b|c)$', ['PathPrefix /a']],
  ])('%s', (shape, expected) => {
    expect(pathsOfShape(shape).map(({ type, value }) => `${type} ${value}`)).toEqual(expected);
  });

  it.each(['/a', '^/a', '^/a.+$', '^/a\\.b$', '^/(a|b)$', '^.+$', '^/a/b{2}$'])('refuses %s', (shape) => {
    expect(() => pathsOfShape(shape)).toThrow(shape);
  });

  it('an exact path is one that the gateway knows, and a prefix holds one', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        for (const { match } of gatewayRoutes(plan(cluster, { repository: 'https://git.example.com/x.git' }))) {
          if ('exact' in match) continue;
          const shape = new RegExp(match.shape, 'u');
          for (const { type, value } of pathsOfShape(match.shape)) {
            const some =
              type === 'Exact' ? [value] : [value, `${value}/`, `${value}/x`, `${value}/x/values`, `${value}/x/start`];
            expect(
              some.some((path) => shape.test(path)),
              `${match.shape}: ${type} ${value}`,
            ).toBe(true);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});
