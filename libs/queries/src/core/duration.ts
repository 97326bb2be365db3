const UNITS = { y: 31_536_000_000, w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const PROMETHEUS = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const GO = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)/y;
const SMALL: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3 };

/** Milliseconds of a duration of Prometheus: whole numbers, from the largest unit to the smallest, each once. */
export function prometheusDuration(text: string): number | undefined {
  const parts: readonly (string | undefined)[] | undefined = PROMETHEUS.exec(text)?.slice(1);
  if (parts === undefined || text === '') return undefined;
  const sizes = Object.values(UNITS);
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (sizes[index] ?? 0), 0);
}

/** Milliseconds of a duration of Go (`1.5h`, `1h30m`), or of Prometheus (`1d`), as Loki and Tempo read it. */
export function goDuration(text: string): number | undefined {
  let sum = 0;
  GO.lastIndex = 0;
  for (let at = 0; at < text.length; at = GO.lastIndex) {
    const match = GO.exec(text);
    if (!match) return undefined;
    const unit = match[2] ?? '';
    sum += Number(match[1]) * (SMALL[unit] ?? (UNITS as Readonly<Record<string, number>>)[unit] ?? 0);
  }
  return text === '' ? undefined : sum;
}
