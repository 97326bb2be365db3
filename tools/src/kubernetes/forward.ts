import { PortForward, type KubeConfig } from '@kubernetes/client-node';
import { createServer, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';

export interface Forward {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly close: () => void;
}

/** Where the other side does not say goodbye, nobody waits for it: a program that has ended its work ends. */
const GOODBYE_MS = 1000;

/** Of what the client opens; its own type is that of a package without types. */
interface WebSocketLike {
  readonly close: () => void;
  readonly terminate: () => void;
  readonly addEventListener: (event: 'close' | 'error', listener: () => void) => void;
}

/**
 * A port of this machine's loopback that leads to a pod's, through the API server. The pod is looked up for each
 * connection, so a pod that was replaced is followed.
 */
export async function forward(
  config: KubeConfig,
  namespace: string,
  podName: () => Promise<string>,
  port: number,
): Promise<Forward> {
  const forwarding = new PortForward(config, true);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const refused = new PassThrough();
    // Anything in the error stream means that the pod refused.
    refused.on('data', () => socket.destroy());
    void podName()
      .then(async (pod) => {
        const opened: unknown = await forwarding.portForward(namespace, pod, [port], socket, refused, socket);
        const webSocket = opened as WebSocketLike;
        socket.on('close', () => {
          webSocket.close();
          setTimeout(() => {
            webSocket.terminate();
          }, GOODBYE_MS).unref();
        });
        webSocket.addEventListener('close', () => socket.destroy());
        webSocket.addEventListener('error', () => socket.destroy());
      })
      .catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      server.close();
    },
  };
}
