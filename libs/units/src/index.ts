export { secondsOf } from './durations.ts';
export {
  bytes,
  formatBytes,
  formatCount,
  formatCpu,
  formatDays,
  formatDuration,
  formatPercent,
  formatQuantity,
} from './format.ts';
export {
  parseByteRate,
  parseBytes,
  parseCount,
  parseDuration,
  parsePercent,
  parseRate,
  quantityForms,
} from './parse.ts';
export { quantityOf } from './quantities.ts';
export type { Parsed } from './parse.ts';
