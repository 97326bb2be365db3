import type { Span } from '@lgtm-fleet/diagnostics';
import type { TraceqlType } from './names.ts';

/** What stands in `{…}`. */
export type Field =
  | (Span & { readonly kind: 'value'; readonly type: TraceqlType; readonly text: string; readonly variable: boolean })
  | (Span & { readonly kind: 'intrinsic'; readonly name: string; readonly type: TraceqlType })
  /** `span.http.method`, as it is written; one of a parent is read, and not supported by Tempo. */
  | (Span & { readonly kind: 'attribute'; readonly name: string })
  | (Span & { readonly kind: 'unary'; readonly operator: string; readonly of: Field })
  | (Span & {
      readonly kind: 'binary';
      readonly operator: string;
      readonly operatorPlace: Span;
      readonly left: Field;
      readonly right: Field;
    });

/** A query of TraceQL. Every span is of the query's own text. */
export type TraceqlTree =
  | (Span & { readonly kind: 'filter'; readonly field: Field | undefined })
  | (Span & { readonly kind: 'number'; readonly type: TraceqlType })
  | (Span & { readonly kind: 'aggregate'; readonly name: string; readonly field: Field | undefined })
  | (Span & { readonly kind: 'by'; readonly fields: readonly Field[] })
  | (Span & { readonly kind: 'select'; readonly fields: readonly Field[] })
  | (Span & { readonly kind: 'coalesce' | 'variable' })
  | (Span & {
      readonly kind: 'metrics';
      readonly name: string;
      readonly field: Field | undefined;
      readonly by: readonly Field[];
    })
  /** `topk(10)` behind a metrics step. */
  | (Span & { readonly kind: 'top' })
  | (Span & { readonly kind: 'negative' | 'paren'; readonly of: TraceqlTree })
  | (Span & { readonly kind: 'pipeline'; readonly steps: readonly TraceqlTree[] })
  | (Span & {
      readonly kind: 'binary';
      readonly operator: string;
      readonly operatorPlace: Span;
      readonly left: TraceqlTree;
      readonly right: TraceqlTree;
    });
