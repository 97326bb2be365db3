/** What real programs answered to the query of a panel: a point each some seconds, the last one now. */
export interface RecordedSeries {
  readonly name: string;
  /** `null` where there was none. */
  readonly points: readonly (number | null)[];
}

/** By the uid of a page, and then by `row/panel`. */
export type Recorded = Readonly<Record<string, Readonly<Record<string, readonly RecordedSeries[]>>>>;

export function recordedOf(recorded: Recorded, uid: string, row: string, panel: string): readonly RecordedSeries[] {
  return recorded[uid]?.[`${row}/${panel}`] ?? [];
}
