const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A Kubernetes quantity (`1500m`, `2Gi`, `1e3`) as a number; `undefined` for what is none. */
export function quantity(written: string | number): number | undefined {
  if (typeof written === 'number') return written;
  const match = /^(\d+(?:\.\d+)?(?:e\d+)?)([A-Za-z]{0,2})$/.exec(written);
  const factor = match === null ? undefined : SUFFIXES[match[2] ?? ''];
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}
