import { createServer, type AddressInfo } from 'node:net';

const given = new Set<string>();

/** A TCP port of an address on which nobody listens. None is given twice: who asked first may not listen yet. */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const at = `${address}:${String(port)}`;
  if (given.has(at)) return await freePort(address);
  given.add(at);
  return port;
}
