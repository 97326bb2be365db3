import type { HostGroupPlan, Plan, SenderPlan } from '@lgtm-fleet/plan';
import { printFile } from '../alloy-syntax/print.ts';
import { hostConfig } from './hosts/config.ts';
import { collectorFile } from './senders/collector.ts';
import { prometheusFiles } from './senders/prometheus.ts';
import type { EdgeFile, EdgeFolder } from './types.ts';

/** A folder for each of `spec.ingest.hosts` and `senders`, in the order of the file. */
export function edgeFolders(plan: Plan): readonly EdgeFolder[] {
  const { hosts, senders } = plan.ingest;
  return [
    ...hosts.map((group) => ({ name: group.name, files: [machineFile(plan, group)] })),
    ...senders.map((sender) => ({ name: sender.name, files: senderFiles(plan, sender) })),
  ];
}

function machineFile(plan: Plan, group: HostGroupPlan): EdgeFile {
  const { version } = plan.releases.alloy;
  return {
    name: 'config.alloy',
    why: `What Alloy ${version} runs with on each machine of the group ${group.name}, as tenant ${group.tenant}.\nREADME.md says how it gets there, and what else it needs.`,
    form: 'text',
    text: printFile(hostConfig(plan, group)),
    comment: '//',
  };
}

/** Loki takes a request as it is: the README of the sender has it. */
function senderFiles(plan: Plan, sender: SenderPlan): readonly EdgeFile[] {
  return [
    ...(sender.protocols.includes('remote-write') ? prometheusFiles(sender, plan.cluster) : []),
    ...(sender.protocols.includes('otlp') ? [collectorFile(sender)] : []),
  ];
}
