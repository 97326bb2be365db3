import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import type { Row } from '../../../types.ts';
import { OF } from './selectors.ts';

export const network: Row = {
  title: 'Network',
  tiles: [
    graph('Received and sent', 'Bps', [
      promql(
        `sum by (instance) (rate(node_network_receive_bytes_total{${OF}, device!="lo"}[$__rate_interval]))`,
        '{{instance}} received',
      ),
      promql(
        `sum by (instance) (rate(node_network_transmit_bytes_total{${OF}, device!="lo"}[$__rate_interval]))`,
        '{{instance}} sent',
      ),
    ]),
    graph('Dropped and broken packets', 'pps', [
      promql(
        `sum by (instance) (rate(node_network_receive_drop_total{${OF}}[$__rate_interval]) + rate(node_network_transmit_drop_total{${OF}}[$__rate_interval]))`,
        '{{instance}} dropped',
      ),
      promql(
        `sum by (instance) (rate(node_network_receive_errs_total{${OF}}[$__rate_interval]) + rate(node_network_transmit_errs_total{${OF}}[$__rate_interval]))`,
        '{{instance}} broken',
      ),
    ]),
    graph(
      'Tracked connections',
      'percentunit',
      [promql(`node_nf_conntrack_entries{${OF}} / node_nf_conntrack_entries_limit{${OF}}`, '{{instance}}')],
      { max: 1, description: 'When the table is full, new connections fail.', thresholds: [{ at: 0.8, color: 'red' }] },
    ),
  ],
};
