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
export type { Parsed } from './parse.ts';
