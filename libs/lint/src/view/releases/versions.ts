/** A version by its numbers: `v3.7.8` is 3, 7, 8. `undefined` for what begins with no number. */
export function numbersOf(version: string): readonly number[] | undefined {
  const match = /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1];
  return match?.split('.').map(Number);
}

/** Below 0 where the left version is older, above 0 where it is newer; numbers that are not there count as 0. */
export function compareVersions(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True where a version is this one or newer, and where it cannot be told. */
export function isAtLeast(version: string, least: string): boolean {
  const [own, wanted] = [numbersOf(version), numbersOf(least)];
  return own === undefined || wanted === undefined || compareVersions(own, wanted) >= 0;
}

/** True where two versions are one minor version, and where the first cannot be told: lists of keys are of one. */
export function isSameMinor(version: string, pinned: string): boolean {
  const [own, wanted] = [numbersOf(version), numbersOf(pinned)];
  return own === undefined || (own[0] === wanted?.[0] && own[1] === wanted?.[1]);
}
