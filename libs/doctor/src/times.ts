/** `40 s`, `12 minutes`, `3 hours`, `2 days`. */
export function ago(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(0)} minutes`;
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(0)} hours` : `${(seconds / 86_400).toFixed(0)} days`;
}
