import { readdirSync, readFileSync } from 'node:fs';

/**
 * SIGKILL to every process of a pod that runs on this machine, but for the one that holds its network.
 * @throws Error where there is none
 */
export function killProcesses(podUid: string): Promise<void> {
  const own = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => belongs(pid, podUid));
  for (const pid of own) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch (error) {
      // Gone with its parent.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
  if (own.length === 0) return Promise.reject(new Error(`no process of pod ${podUid} runs here`));
  return Promise.resolve();
}

function belongs(pid: string, podUid: string): boolean {
  try {
    const group = readFileSync(`/proc/${pid}/cgroup`, 'utf8');
    const inside = group.includes(podUid) || group.includes(podUid.replaceAll('-', '_'));
    return inside && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'pause';
  } catch {
    // Ended while it was looked at.
    return false;
  }
}
