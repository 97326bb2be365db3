export interface Deadline {
  readonly milliseconds: number;
  /** What is thrown where the work takes longer. */
  readonly late: Error;
  /** Told where nobody waits any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Work that may never end, and is waited for no longer than this: it is told by its signal, and whether it listens or
 * not, this ends.
 *
 * @throws what the deadline says, or the reason of its signal, where that comes before the work's end
 */
export async function within<T>(
  { milliseconds, late, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const clock = new AbortController();
  const timer = setTimeout(() => {
    clock.abort(late);
  }, milliseconds);
  const either = signal === undefined ? clock.signal : AbortSignal.any([clock.signal, signal]);
  try {
    either.throwIfAborted();
    return await Promise.race([work(either), abortionOf(either)]);
  } finally {
    clearTimeout(timer);
  }
}

function abortionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
