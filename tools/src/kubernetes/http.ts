import type { KubeConfig } from '@kubernetes/client-node';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { within } from './deadline.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the root of the server, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** Ask as somebody else: `system:serviceaccount:monitoring:alloy`. */
  readonly as?: string;
  /** Told where nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** Of an answer that has more there is an error. */
  readonly mostBytes?: number;
  /** Of an answer that has more, the last lines are taken in the place of an error. */
  readonly tail?: boolean;
}

export interface Transport {
  /** Milliseconds that one try may take from its start to the last byte of the answer, signing in included. */
  readonly timeoutMs: number;
  /** Milliseconds before each further try; as many tries as there are entries, and one. */
  readonly pausesMs: readonly number[];
}

export const PATIENT: Transport = { timeoutMs: 60_000, pausesMs: [250, 1000, 2000, 4000, 8000] };

/** A list of large objects of a large cluster is some tens of megabytes. */
const MOST_BYTES = 128 * 2 ** 20;

/** An answer that is not a success. */
export interface ApiError extends Error {
  readonly status: number;
  /** Kubernetes' own word for it: `Forbidden`, `AlreadyExists`, `Conflict`. */
  readonly reason: string;
}

export function isApiError(error: unknown, status?: number): error is ApiError {
  return (
    error instanceof Error &&
    'status' in error &&
    'reason' in error &&
    (status === undefined || error.status === status)
  );
}

const TRANSIENT = new Set([429, 500, 502, 503, 504]);
const BROKEN = new Set(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'ECONNABORTED']);

/**
 * One exchange of JSON with the API server of the configuration's current context. What may pass by itself
 * (429, 5xx, a broken connection) is tried again, a bounded number of times.
 *
 * @throws ApiError for any other answer that is not a success; the system's error where there is none
 */
export async function exchange(config: KubeConfig, request: Request, transport: Transport = PATIENT): Promise<unknown> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(config, request, transport.timeoutMs);
    } catch (error) {
      const pause = transport.pausesMs[attempt];
      if (pause === undefined || !passing(error)) throw error;
      await sleep(pause, undefined, { signal: request.signal });
    }
  }
}

function passing(error: unknown): boolean {
  if (isApiError(error)) return TRANSIENT.has(error.status);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && BROKEN.has(error.code);
}

/**
 * What signs in may be a program of somebody else that never ends, and a server may send a byte now and then: so nothing
 * of it is waited for longer than the time for all of it.
 */
async function once(config: KubeConfig, request: Request, timeoutMs: number): Promise<unknown> {
  const deadline = { milliseconds: timeoutMs, late: timedOut(timeoutMs), signal: request.signal };
  const { status, text } = await within(deadline, (signal) => ask(config, request, signal));
  if (status >= 200 && status < 300) return parse(text);
  throw apiError(status, text);
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

async function ask(config: KubeConfig, request: Request, signal: AbortSignal): Promise<Answered> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error('the context names no cluster');
  const url = new URL(server.replace(/\/+$/, '') + request.path);
  const options: https.RequestOptions = { method: request.method };
  await config.applyToHTTPSOptions(options);
  signal.throwIfAborted();
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = {
    ...(options.headers as http.OutgoingHttpHeaders | undefined),
    accept: 'application/json',
    'user-agent': 'lgtm-fleet',
    ...(request.as !== undefined && { 'impersonate-user': request.as }),
    ...(body !== undefined && {
      'content-type': request.contentType ?? 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
  };
  return await new Promise((resolve, reject) => {
    const start = url.protocol === 'http:' ? http.request : https.request;
    const sent = start(url, { ...options, headers, signal }, (answer) => {
      const text = gather(answer, request, (error) => sent.destroy(error));
      answer.on('error', reject);
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text: text() });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Takes an answer as it comes, and no more of it than may be. */
function gather(
  answer: http.IncomingMessage,
  { mostBytes = MOST_BYTES, tail = false }: Request,
  refuse: (error: Error) => void,
): () => string {
  const parts: Buffer[] = [];
  let bytes = 0;
  let isCut = false;
  answer.on('data', (part: Buffer) => {
    parts.push(part);
    bytes += part.length;
    if (bytes <= mostBytes) return;
    if (!tail) {
      parts.length = 0;
      refuse(new Error(`the answer has more than ${String(mostBytes)} bytes`));
    }
    for (let [first] = parts; first !== undefined && bytes - first.length >= mostBytes; [first] = parts) {
      bytes -= first.length;
      parts.shift();
      isCut = true;
    }
  });
  return () => {
    const all = Buffer.concat(parts);
    if (!isCut && all.length <= mostBytes) return all.toString('utf8');
    const end = all.subarray(-mostBytes);
    // The first line has lost its beginning; where it is the only one, it is better than none.
    return end.subarray(end.indexOf(0x0a) + 1).toString('utf8') || end.toString('utf8');
  };
}

function timedOut(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${String(timeoutMs / 1000)} s`), { code: 'ETIMEDOUT' });
}

function apiError(status: number, text: string): ApiError {
  const said = parse(text);
  const { message, reason } =
    typeof said === 'object' && said !== null ? (said as { message?: string; reason?: string }) : {};
  return Object.assign(new Error(message ?? `HTTP ${String(status)}`), { status, reason: reason ?? '' });
}

/** Logs are text; everything else is JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
