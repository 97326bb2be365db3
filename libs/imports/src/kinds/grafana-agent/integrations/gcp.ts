import { child } from '../../../core/look.ts';
import { takeTexts } from '../../../core/take.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { DECIDED, type ReadIntegration } from './integration.ts';

export const gcp: ReadIntegration = (node, { ledger, to }) => {
  judge(
    node,
    [
      [
        DECIDED,
        ['request_interval', 'ingest_delay', 'request_offset', 'gcp_client_timeout', 'drop_delegated_projects'],
      ],
      [impossible('metrics are chosen by project and prefix alone'), ['extra_filters']],
    ],
    ledger,
  );
  const projects = takeTexts(ledger, child(node, 'project_ids'), `${to}.gcp.projects`);
  const metricPrefixes = takeTexts(ledger, child(node, 'metrics_prefixes'), `${to}.gcp.metricPrefixes`);
  return [{ value: { gcp: { projects, metricPrefixes } } }];
};
