import { booleanOf, child, textOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';

/** Keys that decide nothing of what is collected, or that Alloy decides by itself, with what to say of them. */
const DEFAULTS: Readonly<Record<string, { readonly usual: boolean; readonly why: string }>> = {
  follow_redirects: { usual: true, why: 'Alloy follows redirects, and the cluster file does not say otherwise' },
  enable_http2: {
    usual: true,
    why: 'Alloy speaks HTTP/2 where a target does, and the cluster file does not say otherwise',
  },
  enable_compression: {
    usual: true,
    why: 'Alloy asks for compressed answers, and the cluster file does not say otherwise',
  },
  track_timestamps_staleness: {
    usual: false,
    why: 'series with own timestamps go stale five minutes after the last one',
  },
  always_scrape_classic_histograms: {
    usual: false,
    why: 'a target gives native histograms or classic ones: see `nativeHistograms`',
  },
  scrape_classic_histograms: {
    usual: false,
    why: 'a target gives native histograms or classic ones: see `nativeHistograms`',
  },
  convert_classic_histograms_to_nhcb: { usual: false, why: 'classic histograms stay what they are' },
  extra_scrape_metrics: { usual: false, why: 'the collector gives only the usual metrics of a scrape' },
  proxy_from_environment: { usual: false, why: 'targets are asked directly: no proxy is between' },
};

const IMPOSSIBLE: Readonly<Record<string, string>> = {
  body_size_limit: 'the cluster file limits samples and labels of a scrape, not its bytes: say `limits.samples`',
  fallback_scrape_protocol: 'a target has to say the type of its answer: correct its `Content-Type`',
  proxy_url: 'targets are asked directly: no proxy is between',
  proxy_connect_header: 'targets are asked directly: no proxy is between',
  no_proxy: 'targets are asked directly: no proxy is between',
  scrape_failure_log_file: 'failures of a scrape are in the log of the collector, and in the metric `up`',
  native_histogram_bucket_limit: 'native histograms are limited by the store alone',
  native_histogram_min_bucket_factor: 'native histograms are limited by the store alone',
};

const CHANGED: Readonly<Record<string, string>> = {
  scrape_protocols: 'Alloy asks for every format that it knows, and takes the one that a target answers with',
  keep_dropped_targets: 'Alloy shows the targets that it dropped by itself',
  metric_name_validation_scheme: 'names of metrics are of letters, digits, `_` and `:`',
  metric_name_escaping_scheme: 'names of metrics are of letters, digits, `_` and `:`',
};

/** Says what becomes of keys that have no place in the cluster file, of one job or of all. */
export function remark(from: SourceNode, ledger: Ledger): void {
  for (const [key, { usual, why }] of Object.entries(DEFAULTS)) {
    const node = child(from, key);
    if (node === undefined) continue;
    if (booleanOf(node) === usual) ledger.carried(node, 'nothing: it is so anyway');
    else ledger.impossible(node, why);
  }
  for (const [key, why] of Object.entries(IMPOSSIBLE)) {
    const node = child(from, key);
    // A limit of nothing is none.
    if (/^0?$/.test(textOf(node) ?? '-')) ledger.carried(node, 'nothing: it is so anyway');
    else ledger.impossible(node, why);
  }
  for (const [key, how] of Object.entries(CHANGED)) ledger.changed(child(from, key), 'the collector', how);
}
