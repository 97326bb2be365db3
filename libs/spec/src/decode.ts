import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { error, type SourceFile } from './source.ts';

/** Far more than five hundred tenants need, and little enough for every fault to be found in a second. */
export const MAX_BYTES = 256 * 2 ** 10;

/** Bytes of a file to text; refuses what is too large, not UTF-8, or holds NUL. */
export function decode(path: string, bytes: Uint8Array, maxBytes = MAX_BYTES): SourceFile | Diagnostic {
  if (bytes.byteLength > maxBytes) return tooLarge(path, bytes.byteLength);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return {
      id: 'not-utf8',
      severity: 'error',
      file: path,
      message: 'the file is UTF-16 text',
      help: 'save it as UTF-8',
    };
  }
  const source = { path, text: lossy(bytes) };
  const nul = source.text.indexOf('\0');
  if (nul >= 0)
    return error(
      source,
      'binary-file',
      'the file is binary: a NUL byte stands here',
      nul,
      nul + 1,
      'a cluster file is UTF-8 text',
    );
  if (isValid(bytes)) return source;
  const at = lossy(bytes.subarray(0, validLength(bytes))).length;
  return error(
    source,
    'not-utf8',
    'the file is not UTF-8 text: an invalid byte stands here',
    at,
    at + 1,
    'save it as UTF-8',
  );
}

/** The fault of a file with too many bytes; it is not worth reading them. */
export function tooLarge(path: string, size: number): Diagnostic {
  return {
    id: 'file-too-large',
    severity: 'error',
    file: path,
    message: `the file has ${size} bytes, more than the ${MAX_BYTES / 1024} KiB a cluster file may have`,
    help: 'describe the cluster, nothing else',
  };
}

/** Text to show of a file that is not text: what cannot be decoded becomes U+FFFD. */
export function lossy(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function isValid(bytes: Uint8Array, partial = false): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: partial });
    return true;
  } catch {
    return false;
  }
}

/** Length of the longest valid beginning. */
function validLength(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.byteLength + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isValid(bytes.subarray(0, middle), true)) valid = middle;
    else invalid = middle;
  }
  return valid;
}
