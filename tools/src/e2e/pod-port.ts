import type { Cluster } from './cluster.ts';

/** A port of the first ready pod with a role. */
export interface PodPort {
  readonly namespace: string;
  readonly component: string;
  readonly role: string;
  readonly port: number;
}

interface Asking {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly seconds?: number;
  /** What it has to answer with, 200 unless said. */
  readonly status?: number;
}

/** The text of an answer. @throws Error with what came instead */
export type AskPod = (path: string, asking?: Asking) => Promise<string>;

/** Asks a pod itself, past the gateway, by a forwarded port that is closed at the end. */
export async function withPod<T>(
  cluster: Cluster,
  { namespace, component, role, port }: PodPort,
  use: (ask: AskPod) => Promise<T>,
): Promise<T> {
  const { url, close } = await cluster.reach(namespace, component, role, port);
  try {
    return await use(async (path, { method = 'GET', headers = {}, seconds = 15, status = 200 } = {}) => {
      const answer = await fetch(url + path, { method, headers, signal: AbortSignal.timeout(seconds * 1000) });
      const text = await answer.text();
      if (answer.status !== status)
        throw new Error(`${component} ${role} answered ${String(answer.status)} to ${path}: ${text.slice(0, 300)}`);
      return text;
    });
  } finally {
    close();
  }
}
