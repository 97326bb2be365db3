import type { KubeConfig } from '@kubernetes/client-node';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the root of the server, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** Ask as somebody else: `system:serviceaccount:monitoring:alloy`. */
  readonly as?: string;
}

export interface Transport {
  /** Milliseconds that an answer may take. */
  readonly timeoutMs: number;
  /** Milliseconds before each further try; as many tries as there are entries, and one. */
  readonly pausesMs: readonly number[];
}

export const PATIENT: Transport = { timeoutMs: 60_000, pausesMs: [250, 1000, 2000, 4000, 8000] };

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
      await sleep(pause);
    }
  }
}

function passing(error: unknown): boolean {
  if (isApiError(error)) return TRANSIENT.has(error.status);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && BROKEN.has(error.code);
}

async function once(config: KubeConfig, request: Request, timeoutMs: number): Promise<unknown> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error('the context names no cluster');
  const url = new URL(server.replace(/\/+$/, '') + request.path);
  const options: https.RequestOptions = { method: request.method, timeout: timeoutMs };
  await config.applyToHTTPSOptions(options);
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
  const { status, text } = await new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const start = url.protocol === 'http:' ? http.request : https.request;
    const sent = start(url, { ...options, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') });
      });
    });
    sent.on('timeout', () => sent.destroy(timedOut(timeoutMs)));
    sent.on('error', reject);
    sent.end(body);
  });
  if (status >= 200 && status < 300) return parse(text);
  throw apiError(status, text);
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
