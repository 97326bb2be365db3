import { harmlessRequests, type RouteFacts } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrontDoor } from './front-door.ts';
import type { Probing } from './probing.ts';
import { isNoAnswer, type Answer } from './reach.ts';

/** Pages that nginx writes itself are signed by it. */
const SIGNED = '<center>nginx</center>';
const AGAIN_MS = 1500;
/** A store that hangs keeps each of its paths this long. */
const LIMIT_MS = 4000;

/** What the gateway answers by each of its routes. */
export async function readRoutes(
  door: FrontDoor,
  plan: Plan,
  { probe }: Probing,
  runs: (upstream: string) => boolean,
): Promise<readonly RouteFacts[]> {
  const requests = harmlessRequests(plan).filter(({ upstream }) => runs(upstream));
  const found = await Promise.all(
    requests.map(({ body, ...request }) =>
      probe(`${request.method} ${request.path} of the gateway`, async (): Promise<RouteFacts> => {
        const asked = {
          ...request,
          ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
        };
        const common = { ...request, tenant: door.user };
        try {
          const { status, text } = await patiently(() => door.ask(asked, LIMIT_MS));
          const byGateway = status >= 400 && text.includes(SIGNED);
          return { ...common, status, byGateway, ...(status >= 500 && !byGateway && { text: text.slice(0, 300) }) };
        } catch (error) {
          // Whoever refuses is the gateway itself; who hangs is behind it.
          if (isNoAnswer(error))
            return { ...common, status: 0, byGateway: error.kind === 'refused', text: error.message };
          throw error;
        }
      }),
    ),
  );
  return found.filter((one) => one !== undefined);
}

/** What has just started may fail once; what fails twice fails. */
async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  const first = await ask();
  if (first.status < 500) return first;
  await sleep(AGAIN_MS);
  return await ask();
}
