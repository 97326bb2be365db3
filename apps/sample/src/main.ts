import { diag, DiagLogLevel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCommand, USAGE, type Command } from './flags.ts';
import { serve } from './http.ts';
import { runRound } from './load.ts';
import { oncePer } from './once-per.ts';
import { shopRoutes } from './shop.ts';
import { stockRoutes } from './stock.ts';
import { messageOf, startTelemetry, type Telemetry } from './telemetry.ts';

/** The edge of the program: arguments, environment, signals, output, exit. */

const command = commandOrExit();
const stopped = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    stopped.abort();
  });
sayWhatIsNotExported();

const telemetry = startTelemetry(command.role, process.env, (line) => process.stdout.write(line));
switch (command.role) {
  case 'stock':
    await listen(telemetry, command.port, serve(telemetry, stockRoutes(telemetry)));
    break;
  case 'shop':
    await listen(telemetry, command.port, serve(telemetry, shopRoutes(telemetry, command.stock)));
    break;
  case 'load':
    await load(telemetry, command);
}
await telemetry.shutdown();
// An exporter that tries again and again would keep the process for seconds more.
process.exit(0);

function commandOrExit(): Command {
  try {
    return readCommand(process.argv.slice(2), process.env);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}\n`);
    process.exit(2);
  }
}

/** Serves until a signal comes, then answers what is under way. */
async function listen(telemetry: Telemetry, port: number, server: Server): Promise<void> {
  server.listen(port);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  telemetry.log('info', `listening on port ${bound}`, { 'server.port': bound }, ROOT_CONTEXT);
  if (!stopped.signal.aborted) await once(stopped.signal, 'abort');
  // Connections that are kept open without a request are closed, too.
  server.close();
  await once(server, 'close');
}

async function load(telemetry: Telemetry, { round, pause }: Extract<Command, { role: 'load' }>): Promise<void> {
  do {
    process.stdout.write(`${JSON.stringify(await runRound(telemetry, round, stopped.signal))}\n`);
    if (pause !== undefined) await sleep(pause * 1000, undefined, { signal: stopped.signal }).catch(() => undefined);
  } while (pause !== undefined && !stopped.signal.aborted);
}

/** What the SDK complains of, once a minute each: a receiver that is away would fill the log. */
function sayWhatIsNotExported(): void {
  const say = oncePer(60_000, (message) =>
    process.stderr.write(
      `${JSON.stringify({ time: new Date().toISOString(), level: 'warn', message: reasonOf(message) })}\n`,
    ),
  );
  const ignore = () => undefined;
  diag.setLogger(
    { error: say, warn: say, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

/** The SDK hands over an error as JSON, stack and all. */
function reasonOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' ? message : text;
  } catch {
    return text;
  }
}
