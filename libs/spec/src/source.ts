import type { Diagnostic } from '@lgtm-fleet/diagnostics';

export interface SourceFile {
  /** Path as messages show it. */
  readonly path: string;
  readonly text: string;
}

/** A fault of a file's text, with offsets into it. */
export function error(
  source: SourceFile,
  id: string,
  message: string,
  start: number,
  end: number,
  help?: string,
): Diagnostic {
  return {
    id,
    severity: 'error',
    message,
    file: source.path,
    span: { start, end },
    ...(help !== undefined && { help }),
  };
}
