import { formatDays } from '@lgtm-fleet/units';

const HOUR = 3600;
const DAY = 86_400;

/** Seconds as a sentence says them: `13 months`, `30 days`, `12 hours`; `all time` where there is no end. */
export function inWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'all time';
  const steps = [
    [365.25 * DAY, 'year', 3],
    [30.44 * DAY, 'month', 2],
    [DAY, 'day', 2],
    [HOUR, 'hour', 2],
    [60, 'minute', 2],
  ] as const;
  if (seconds === DAY || seconds === HOUR) return seconds === DAY ? '1 day' : '1 hour';
  for (const [unit, noun, least] of steps) if (seconds >= unit * least) return amount(Math.round(seconds / unit), noun);
  return amount(Math.round(seconds), 'second');
}

/** `395d`, `12h`, or `forever`: a retention as the spec has it. */
export function retentionText(seconds: number): string {
  return Number.isFinite(seconds) ? formatDays(seconds) : 'forever';
}

function amount(value: number, noun: string): string {
  return `${String(value)} ${noun}${value === 1 ? '' : 's'}`;
}
