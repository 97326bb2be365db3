import { randomBytes } from 'node:crypto';
import { examplePlan, planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callGrpc } from '../testing/grpc.ts';
import { basic, bearer, nginx, startGateway } from '../testing/nginx.ts';
import { traceRequest } from '../testing/otlp-messages.ts';
import { ready } from '../testing/programs.ts';
import { freePorts, startTempo, write } from './testing/tempo.ts';

const tempo = findProgram('tempo');
const folder = temporaryFolder('tempo-grpc');
const PATH = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const RECEIVER = 'tempo.observability.svc.cluster.local:4317';

describe.skipIf(tempo === undefined || nginx === undefined)(
  `a span by gRPC through nginx to Tempo${unlessFound('tempo', tempo)}${unlessFound('nginx', nginx)}`,
  () => {
    it('comes back for the tenant whose the credential is, and for no other', { timeout: 90_000 }, async () => {
      const plan = planOf(
        {
          kubernetes: { nodes: 3 },
          objectStorage: { seaweedfs: { size: '10GB' } },
          metrics: { store: 'mimir' },
          tenants: [
            { name: 'alpha', load: '50%' },
            { name: 'beta', load: '50%', credential: 'token' },
          ],
        },
        'tempo-grpc',
      );
      const ports = await freePorts();
      // On files, as one node has it: where spans are kept is no matter here, and tenants are the same.
      const home = write(examplePlan('home-lab'), ports);
      const url = `http://127.0.0.1:${String(ports.http)}`;
      await ready(await startTempo(tempo!, home, ports, 'variants/monolithic/stateful-set.yaml'), `${url}/ready`, 40);
      const shown = { passwords: { alpha: 'of-alpha' }, tokens: { 'token-of-beta-12': 'beta' } };
      const behind = { ports: new Map([[RECEIVER, ports.otlpGrpc]]) };
      const gateway = await startGateway(folder, plan, shown, true, behind);
      onTestFinished(() => gateway.stop());

      const push = async (traceId: string, metadata: { readonly authorization: string }) => {
        const message = traceRequest({ service: 'probe', atMs: Date.now() }, { traceId, name: 'a span of the probe' });
        // Whoever it says to be: the credential counts.
        const claim = { ...metadata, 'x-scope-orgid': 'gamma' };
        const url = `http://127.0.0.1:${String(gateway.grpcPort)}`;
        const { code, message: said } = await callGrpc({ url, path: PATH, metadata: claim, message });
        return [code, said];
      };
      const found = async (traceId: string, tenant: string): Promise<string> => {
        const headers = { 'X-Scope-OrgID': tenant, accept: 'application/json' };
        const answer = await fetch(`${url}/api/traces/${traceId}`, { headers });
        const text = await answer.text();
        return answer.status === 200 && text.includes('a span of the probe') ? 'there' : String(answer.status);
      };
      const [ofAlpha, ofBeta, ofNobody] = [1, 2, 3].map(() => randomBytes(16).toString('hex')) as [
        string,
        string,
        string,
      ];
      expect(await push(ofAlpha, basic('alpha', 'of-alpha'))).toEqual([0, '']);
      expect(await push(ofBeta, bearer('token-of-beta-12'))).toEqual([0, '']);
      expect((await push(ofNobody, basic('alpha', 'of-beta')))[0]).toBe(16);
      await expect.poll(() => found(ofAlpha, 'alpha'), { timeout: 20_000 }).toBe('there');
      await expect.poll(() => found(ofBeta, 'beta'), { timeout: 20_000 }).toBe('there');
      for (const [id, tenant] of [
        [ofAlpha, 'beta'],
        [ofBeta, 'alpha'],
        [ofAlpha, 'gamma'],
        [ofBeta, 'gamma'],
        [ofNobody, 'alpha'],
      ] as const)
        expect(await found(id, tenant), `${id} of ${tenant}`).toBe('404');

      // What Tempo itself refuses, the sender hears from it.
      const garbled = await callGrpc({
        url: `http://127.0.0.1:${String(gateway.grpcPort)}`,
        path: PATH,
        metadata: basic('alpha', 'of-alpha'),
        message: Buffer.from('this is no protobuf'),
      });
      expect(garbled.status).toBe(200);
      expect(garbled.code).toBeGreaterThan(0);
    });
  },
);
