/** The gateway as a tenant's client sees it: pushes and queries, each with a credential. */

import { request } from 'node:http';
import { authorization as authorizationOf, basic as basicOf } from '../kubernetes/authorization.ts';

export interface Credential {
  /** User name at the gateway: a tenant's, a writer's or a reader's. */
  readonly tenant: string;
  /** Or the token, where it is of that kind. */
  readonly password: string;
  readonly kind?: 'token';
}

export interface FrontDoor {
  /** Base address of the gateway, as it is reached from here. */
  readonly url: string;
  readonly pushLogs: (as: Credential, labels: Labels, lines: readonly Line[]) => Promise<number>;
  readonly pushLogsByOtlp: (as: Credential, service: string, lines: readonly Line[]) => Promise<number>;
  readonly pushMetrics: (as: Credential, series: readonly Sample[]) => Promise<number>;
  /** All lines of a selector in the last hours, oldest first. */
  readonly lines: (as: Credential, query: string) => Promise<readonly string[]>;
  /** All raw samples of a selector in the last hours. */
  readonly samples: (as: Credential, selector: string) => Promise<readonly SeriesSamples[]>;
  readonly get: (as: Credential | undefined, path: string, headers?: Labels) => Promise<Answer>;
  /** A request as it is: `fetch` would take the dots out of a path. */
  readonly ask: (as: Credential | undefined, asked: Asked) => Promise<Answer>;
  readonly send: (as: Credential, method: string, path: string, body: string, type: string) => Promise<Answer>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Labels;
  readonly body?: string;
}

export type Labels = Readonly<Record<string, string>>;

export interface Line {
  readonly atMs: number;
  readonly text: string;
}

export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly atMs: number;
  readonly value: number;
}

export interface SeriesSamples {
  readonly labels: Labels;
  /** Milliseconds and value. */
  readonly values: readonly (readonly [number, number])[];
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

const TIMEOUT_MS = 15_000;
const PAGE = 5000;

export function frontDoor(url: string): FrontDoor {
  const request = async (as: Credential | undefined, path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (as !== undefined) headers.set('authorization', authorization(as));
    const answer = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: answer.status, text: await answer.text() };
  };
  const send: FrontDoor['send'] = (as, method, path, body, type) =>
    request(as, path, { method, body, headers: { 'content-type': type } });
  const push = async (as: Credential, path: string, body: unknown): Promise<number> =>
    (await send(as, 'POST', path, JSON.stringify(body), 'application/json')).status;
  const query = async (as: Credential, path: string): Promise<QueryData> => {
    const { status, text } = await request(as, path);
    if (status !== 200)
      throw new Error(`${path.split('?')[0] ?? ''} answered ${String(status)}: ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { readonly data: QueryData }).data;
  };
  return {
    url,
    send,
    ask: (as, asked) => raw(url, as, asked),
    get: (as, path, headers) => request(as, path, headers === undefined ? {} : { headers }),
    pushLogs: (as, labels, lines) =>
      push(as, '/loki/api/v1/push', {
        streams: [{ stream: labels, values: lines.map(({ atMs, text }) => [nanoseconds(atMs), text]) }],
      }),
    pushLogsByOtlp: (as, service, lines) =>
      push(as, '/otlp/v1/logs', {
        resourceLogs: [
          {
            resource: { attributes: attributes({ 'service.name': service }) },
            scopeLogs: [
              {
                logRecords: lines.map(({ atMs, text }) => ({
                  timeUnixNano: nanoseconds(atMs),
                  body: { stringValue: text },
                })),
              },
            ],
          },
        ],
      }),
    pushMetrics: (as, samples) =>
      push(as, '/otlp/v1/metrics', {
        resourceMetrics: [
          {
            resource: { attributes: attributes({ 'service.name': 'e2e' }) },
            scopeMetrics: [
              {
                metrics: samples.map(({ name, labels, atMs, value }) => ({
                  name,
                  gauge: {
                    dataPoints: [{ attributes: attributes(labels), timeUnixNano: nanoseconds(atMs), asDouble: value }],
                  },
                })),
              },
            ],
          },
        ],
      }),
    lines: async (as, selector) => {
      const found: string[] = [];
      let from = BigInt(Date.now() - 3 * 3_600_000) * 1_000_000n;
      for (;;) {
        const parameters = new URLSearchParams({
          query: selector,
          limit: String(PAGE),
          direction: 'forward',
          start: String(from),
          end: nanoseconds(Date.now() + 1000),
        });
        const { result = [] } = await query(as, `/loki/api/v1/query_range?${parameters.toString()}`);
        const page = result
          .flatMap((stream) => (stream.values ?? []) as readonly (readonly [string, string])[])
          .toSorted((left, right) => (BigInt(left[0]) < BigInt(right[0]) ? -1 : 1));
        found.push(...page.map(([, text]) => text));
        const last = page.at(-1);
        if (page.length < PAGE || last === undefined) return found;
        from = BigInt(last[0]) + 1n;
      }
    },
    samples: async (as, selector) => {
      const parameters = new URLSearchParams({ query: `${selector}[3h]`, time: String(Date.now() / 1000 + 1) });
      const { result = [] } = await query(as, `/prometheus/api/v1/query?${parameters.toString()}`);
      return result.map((series) => ({
        labels: series.metric ?? {},
        values: ((series.values ?? []) as readonly (readonly [number, string])[]).map(
          ([seconds, value]) => [Math.round(seconds * 1000), Number(value)] as const,
        ),
      }));
    },
  };
}

interface QueryData {
  readonly result?: readonly {
    readonly metric?: Labels;
    readonly values?: readonly unknown[];
  }[];
}

function raw(url: string, as: Credential | undefined, { method, path, headers, body = '' }: Asked): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const shown = as === undefined ? {} : { authorization: authorization(as) };
  const type = body === '' ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, path, method, headers: { ...type, ...shown, ...headers }, agent: false, timeout: TIMEOUT_MS },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject).on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      },
    );
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, text: '' });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} took more than ${String(TIMEOUT_MS)} ms`)));
    sent.on('error', reject).end(body);
  });
}

export function authorization(credential: Credential): string {
  return authorizationOf(credential.kind ?? 'password', credential.tenant, credential.password);
}

export function basic({ tenant, password }: Credential): string {
  return basicOf(tenant, password);
}

function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n);
}

function attributes(labels: Labels): unknown {
  return Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: value } }));
}
