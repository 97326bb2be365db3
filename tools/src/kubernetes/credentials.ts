import type { KubeConfig } from '@kubernetes/client-node';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { within } from './deadline.ts';

/** Of the client, where it starts the program that the kubeconfig signs in with. */
type Start = (command: string, args: readonly string[] | undefined, options: SpawnOptions) => ChildProcess;

/**
 * Ends the program that signs in where it takes longer. The client waits for it for ever, and as long as it runs, or
 * something that it has started holds its output, this process does not end either.
 */
export function endSigningIn(config: KubeConfig, limitMs: number): void {
  const start: Start = (command, args = [], options) => {
    const child = spawn(command, args, options);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, limitMs);
    child.once('close', () => {
      clearTimeout(timer);
    });
    return child;
  };
  // The client offers no other place for it.
  for (const one of config['authenticators'] as readonly object[]) if ('execFn' in one) one.execFn = start;
}

/** Signs in once: what comes after finds what it needs. @throws Error where that takes longer */
export async function signIn(config: KubeConfig, limitMs: number): Promise<void> {
  const message = `signing in did not end within ${String(limitMs / 1000)} s`;
  const late = Object.assign(new Error(message), { code: 'ESIGNIN' });
  await within({ milliseconds: limitMs, late }, () => config.applyToHTTPSOptions({}));
}
