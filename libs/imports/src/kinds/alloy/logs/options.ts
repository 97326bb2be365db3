import { changedTo, impossible, type Verdict } from '../../../core/verdicts.ts';

/** Arguments of sources of lines that say nothing of which lines they are. */
export const OPTIONS: readonly (readonly [Verdict, readonly string[]])[] = [
  [
    changedTo(
      'the collector',
      'it finds and follows by itself, and keeps positions of its own: what is there is read once from its beginning',
    ),
    [
      ...['tail_from_end', 'legacy_positions_file', 'on_positions_file_error', 'file_watch', 'file_match'],
      ...['legacy_position', 'bookmark_path', 'legacy_bookmark_path', 'poll_interval', 'clustering', 'client'],
      ...['sync_period', 'ignore_older_than'],
    ],
  ],
  [impossible('files are read as UTF-8: let who writes them write that'), ['encoding']],
  [impossible('files that are packed are not read: lines come before they are'), ['decompression']],
];
