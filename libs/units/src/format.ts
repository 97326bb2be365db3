const KI = 2 ** 10;
const MI = 2 ** 20;
const GI = 2 ** 30;

/** Bytes as a Kubernetes quantity, rounded up to whole Mi below 10 Gi and to whole Gi from there. */
export function formatQuantity(bytes: number): string {
  const gibibytes = bytes / GI;
  if (Number.isInteger(gibibytes) || gibibytes > 10) return `${String(Math.ceil(gibibytes))}Gi`;
  return `${String(Math.ceil(bytes / MI))}Mi`;
}

/** Milli-CPU as a Kubernetes quantity: `250m`, `2`. */
export function formatCpu(milliCpu: number): string {
  const whole = Math.ceil(milliCpu);
  return whole % 1000 === 0 ? String(whole / 1000) : `${String(whole)}m`;
}

/**
 * Seconds in the form that every program of the stack reads: hours at most (`9480h`), because Go's own
 * durations know no days; the largest unit that loses nothing.
 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole % 3600 === 0) return `${String(whole / 3600)}h`;
  if (whole % 60 === 0) return `${String(whole / 60)}m`;
  return `${String(whole)}s`;
}

/** Seconds as people say them: `395d`, `36h`, `15m`. */
export function formatDays(seconds: number): string {
  return seconds % 86_400 === 0 && seconds > 0 ? `${String(seconds / 86_400)}d` : formatDuration(seconds);
}

/** A count as people say it: `3M`, `25k`, `66.7k`, `12`. */
export function formatCount(count: number): string {
  const steps = [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const;
  for (const [factor, suffix] of steps) if (count >= factor) return `${trim(count / factor)}${suffix}`;
  return trim(count);
}

/** Bytes as people say them, decimal: `400 GB`. */
export function formatBytes(bytes: number): string {
  const steps = [
    [1e15, 'PB'],
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const;
  for (const [factor, suffix] of steps) if (bytes >= factor) return `${trim(bytes / factor)} ${suffix}`;
  return `${trim(bytes)} B`;
}

/** A part of one as people say it: 0.6 is `60 %`. */
export function formatPercent(part: number): string {
  return `${trim(part * 100)} %`;
}

function trim(value: number): string {
  return String(Number(value.toPrecision(3)));
}

export const bytes = { KI, MI, GI } as const;
