import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What somebody posted. */
export interface Posted {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** Takes what is posted, for as long as the test runs. */
export async function takePosts(): Promise<{ readonly url: string; readonly posts: readonly Posted[] }> {
  const posts: Posted[] = [];
  const server = createHttpServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      posts.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      // What PagerDuty and Slack say, each understood by the other, too.
      response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"success","ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, posts };
}

/** Takes mail as a server does that knows no TLS, for as long as the test runs. */
export async function takeMail(): Promise<{ readonly address: string; readonly said: readonly string[] }> {
  const said: string[] = [];
  const server = createServer((socket) => {
    let data = false;
    socket.write('220 ready\r\n');
    socket.on('error', () => undefined).setEncoding('utf8');
    socket.on('data', (text: string) => {
      said.push(text);
      if (data) {
        if (!text.endsWith('.\r\n')) return;
        data = false;
        socket.write('250 taken\r\n');
      } else if (text.startsWith('EHLO')) socket.write('250-here\r\n250 AUTH PLAIN\r\n');
      else if (text.startsWith('AUTH')) socket.write('235 known\r\n');
      else if (text.startsWith('DATA')) {
        data = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 fine\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return { address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, said };
}
