import type { KubeConfig } from '@kubernetes/client-node';
import { Agent as HttpAgent, request as http, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as https } from 'node:https';
import { forward } from '../kubernetes/forward.ts';

export interface Asked {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** How far the clock behind it is ahead of ours, where it says its time; and how exact that is. */
  readonly aheadSeconds?: number;
  readonly withinSeconds?: number;
}

/** Why there was no answer. */
export interface NoAnswer extends Error {
  readonly kind: 'hangs' | 'refused' | 'large';
}

export interface Door {
  /** @throws NoAnswer */
  readonly ask: (asked: Asked, limitMs?: number) => Promise<Answer>;
  readonly close: () => void;
}

const LIMIT_MS = 6000;
/** One that hangs must not keep the others waiting. */
const AT_ONCE = 16;
/** What is longer is no status page; metrics of a large store are some megabytes. */
const MOST_BYTES = 32 * 2 ** 20;

/** A pod's port, through the API server: past NetworkPolicies, as `kubectl port-forward` is. */
export async function openDoor(
  config: KubeConfig,
  { namespace, pod, port, encrypted }: { namespace: string; pod: string; port: number; encrypted: boolean },
): Promise<Door> {
  const { url, close } = await forward(impatient(config), namespace, () => Promise.resolve(pod), port);
  // The API server leads to this pod and to no other, so a certificate for another name proves nothing.
  const agent = encrypted
    ? new HttpsAgent({ keepAlive: true, maxSockets: AT_ONCE, rejectUnauthorized: false })
    : new HttpAgent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    ask: (asked, limitMs = LIMIT_MS) => exchange(url, agent, encrypted, asked, limitMs),
    close: () => {
      agent.destroy();
      close();
    },
  };
}

/** An API server that takes the connection and says nothing must not be waited for. */
function impatient(config: KubeConfig): KubeConfig {
  const taken = config.applyToHTTPSOptions.bind(config);
  const own = Object.create(config) as KubeConfig;
  own.applyToHTTPSOptions = async (options) => {
    await taken(options);
    // Of the options of the WebSocket, which are these.
    Object.assign(options, { handshakeTimeout: LIMIT_MS });
  };
  return own;
}

function exchange(
  url: string,
  agent: HttpAgent | HttpsAgent,
  encrypted: boolean,
  { path, method = 'GET', headers = {}, body }: Asked,
  limitMs: number,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const signal = AbortSignal.timeout(limitMs);
  const started = Date.now();
  let isLarge = false;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      const kind = isLarge ? 'large' : signal.aborted ? 'hangs' : 'refused';
      const words = {
        hangs: `no answer within ${String(limitMs / 1000)} s`,
        large: `it has more than the ${String(MOST_BYTES)} bytes that are read`,
        refused: error.message,
      }[kind];
      reject(Object.assign(new Error(words), { kind }));
    };
    const answered = (response: IncomingMessage): void => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        isLarge = bytes > MOST_BYTES;
        if (isLarge) sent.destroy();
        else parts.push(part);
      });
      response.on('error', fail);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString('utf8'),
          ...clock(response.headers.date, started, Date.now()),
        });
      });
    };
    const options = { hostname, port, path, method, agent, signal, headers };
    const sent = encrypted ? https(options, answered) : http(options, answered);
    sent.on('error', fail);
    sent.end(body);
  });
}

/** The header has whole seconds, and was written somewhere between asking and answering. */
export function clock(
  date: string | undefined,
  asked: number,
  answered: number,
): { readonly aheadSeconds?: number; readonly withinSeconds?: number } {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return {};
  const ours = (asked + answered) / 2;
  return { aheadSeconds: (theirs + 500 - ours) / 1000, withinSeconds: 1 + (answered - asked) / 2000 };
}

export function isNoAnswer(error: unknown): error is NoAnswer {
  return error instanceof Error && 'kind' in error;
}
