/** Numbers of a panel as Grafana writes them, near enough for a picture. */
export function amount(value: number, unit: string): string {
  switch (unit) {
    case 'percentunit':
      return `${short(value * 100)} %`;
    case 's':
      return seconds(value);
    case 'bytes':
      return scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);
    case 'decbytes':
      return scaled(value, 1000, ['B', 'kB', 'MB', 'GB', 'TB']);
    case 'Bps':
      return scaled(value, 1000, ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s']);
    default:
      return scaled(value, 1000, ['', 'K', 'M', 'G']) + (RATES.includes(unit) ? '/s' : '');
  }
}

const RATES: readonly string[] = ['reqps', 'cps', 'pps'];

function seconds(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${short(value * 1e6)} µs`;
  if (size < 1) return `${short(value * 1e3)} ms`;
  if (size < 120) return `${short(value)} s`;
  if (size < 7200) return `${short(value / 60)} min`;
  return size < 172_800 ? `${short(value / 3600)} h` : `${short(value / 86_400)} d`;
}

function scaled(value: number, step: number, names: readonly string[]): string {
  let rest = value;
  let index = 0;
  while (Math.abs(rest) >= step && index < names.length - 1) {
    rest /= step;
    index += 1;
  }
  return `${short(rest)} ${names[index] ?? ''}`.trimEnd();
}

/** Three digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
