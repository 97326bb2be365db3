import { changedTo, impossible } from '../../../core/verdicts.ts';

/** What checks of addresses measure, and when they call it bad. */

export const MEASURED = changedTo(
  'the source',
  'how long it took, and when a certificate ends, is always measured: `probe_duration_seconds`, `probe_ssl_earliest_cert_expiry`',
);
export const THRESHOLDS = impossible(
  'a source measures, and what is too late is for a rule: `probe_ssl_earliest_cert_expiry - time() < 14 * 86400`',
);
