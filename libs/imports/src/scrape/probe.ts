import type { Drafted, YamlMap } from '../core/draft.ts';
import { child, entriesOf, itemsOf, textOf, textsOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading } from './context.ts';
import { fileGroups } from './file-targets.ts';
import { moduleOf, shipped, type Probe } from './modules.ts';
import { limitsOf, paceOf } from './options.ts';
import { relabelRule, relabelRules } from './relabel.ts';
import { snmpOf, type SNMP_PORTLESS } from './snmp.ts';
import { acceptProbe, groupsOf } from './targets.ts';

/**
 * What a job becomes whose targets are asked by somebody else: relabelling makes each target a parameter, and a prober
 * the address. Nothing where it is no such job.
 */
export function probeOf(job: SourceNode, jobName: string, reading: Reading): readonly Drafted[] | undefined {
  const rules = itemsOf(child(job, 'relabel_configs'));
  if (!rules.some((rule) => textOf(child(rule, 'target_label')) === '__param_target')) return undefined;
  const found = [
    'dns_sd_configs',
    'http_sd_configs',
    'consul_sd_configs',
    'ec2_sd_configs',
    'azure_sd_configs',
    'gce_sd_configs',
  ].filter((key) => child(job, key) !== undefined);
  if (found.length > 0) {
    reading.fatal.push(
      `what is probed is named in the cluster file, and not looked up by ${found.map((key) => `\`${key}\``).join(', ')}`,
    );
    return [];
  }
  const path = textOf(child(job, 'metrics_path')) ?? '/metrics';
  if (path === '/snmp') return drafted(job, jobName, reading, snmpOf(job, reading));
  if (path === '/probe') return drafted(job, jobName, reading, blackboxOf(job, reading));
  reading.fatal.push(
    'an exporter is asked about others, and it is neither `blackbox_exporter` nor `snmp_exporter`: run one exporter for each target, or see the kinds of sources for what Alloy asks by itself',
  );
  return [];
}

/** How targets of a prober are asked, and what part of the source names them. */
export interface Probing {
  readonly source: (targets: readonly string[]) => YamlMap;
  readonly accepts: Probe['kind'] | typeof SNMP_PORTLESS;
  readonly timeout?: string;
}

function blackboxOf(job: SourceNode, reading: Reading): Probing | undefined {
  const { ledger, modules, to, fatal } = reading;
  const params = child(job, 'params');
  const module = child(params, 'module');
  const name = textOf(itemsOf(module)[0] ?? module) ?? 'http_2xx';
  const others = entriesOf(params).flatMap(([key]) => (key === 'module' ? [] : [`\`${key}\``]));
  if (others.length > 0) fatal.push(`the prober gets the parameters ${others.join(', ')}`);
  ledger.changed(child(job, 'metrics_path'), `${to}.blackbox`, 'the collector probes by itself, without an exporter');
  const node = modules?.get(name);
  const faults: string[] = [];
  const probe = node === undefined ? shipped(name) : moduleOf(node, { ledger, to, fatal: faults });
  if (node !== undefined && faults.length > 0) ledger.impossible(node, faults.join('; '));
  fatal.push(...faults);
  if (probe === undefined) {
    if (node === undefined)
      fatal.push(
        'what its module does stands in the configuration of `blackbox_exporter`: lay that beside this one, and import again',
      );
    return undefined;
  }
  if (node === undefined)
    ledger.changed(
      module,
      `${to}.blackbox`,
      `taken for the module of this name that blackbox_exporter comes with: \`${probe.kind}\``,
    );
  else ledger.carried(module, `${to}.blackbox.${probe.kind}`);
  const { kind, value, timeout } = probe;
  const named = { http: 'urls', tcp: 'addresses', icmp: 'hosts', dns: 'servers' } as const;
  return {
    source: (targets) => ({ blackbox: { [kind]: { [named[kind]]: targets, ...value } } }),
    accepts: kind,
    ...(timeout !== undefined && { timeout }),
  };
}

function drafted(job: SourceNode, jobName: string, reading: Reading, probing: Probing | undefined): readonly Drafted[] {
  if (probing === undefined) return [];
  const { ledger, to, source, defaults } = reading;
  // How the prober itself is asked is of no use any more.
  const asked = ['scheme', 'basic_auth', 'authorization', 'bearer_token', 'bearer_token_file', 'tls_config'] as const;
  for (const key of asked)
    ledger.changed(child(job, key), 'nothing', 'it is how the exporter was asked, and there is none any more');
  for (const key of ['honor_labels', 'honor_timestamps'])
    ledger.carried(child(job, key), 'nothing: a probe has no labels of its own');
  const relabel = itemsOf(child(job, 'relabel_configs')).flatMap((rule) => stepOf(rule, reading));
  const metricRelabel = relabelRules(child(job, 'metric_relabel_configs'), 'metricRelabel', reading);
  const limits = { ...defaults.limits, ...limitsOf(job, reading) };
  const pace = paceOf(job, reading);
  const lists = [...itemsOf(child(job, 'static_configs')), ...fileGroups(job, reading)];
  const accept = acceptProbe(probing.accepts, ledger);
  const most = probing.accepts === 'dns' ? 500 : 2000;
  const groups = groupsOf(lists, { ledger, port: 0, to: () => to, accept, most });
  return groups.map(({ labels, targets, origin }, index): Drafted => {
    const name = index === 0 ? source : reading.name(source);
    const { job: label = jobName, ...others } = labels;
    return {
      value: {
        name,
        ...(label !== name && { job: label }),
        ...(Object.keys(others).length > 0 && { labels: others }),
        ...(probing.timeout !== undefined && { timeout: probing.timeout }),
        ...pace,
        ...(relabel.length > 0 && { relabel }),
        ...(metricRelabel.length > 0 && { metricRelabel }),
        ...(Object.keys(limits).length > 0 && { limits }),
        ...probing.source(targets),
      },
      origin: groups.length > 1 ? origin : job,
    };
  });
}

/** A step that makes a target a parameter is what a probe is; any other is a step of the source, if it can be. */
function stepOf(rule: SourceNode, reading: Reading): readonly YamlMap[] {
  const { ledger, to, fatal } = reading;
  const target = textOf(child(rule, 'target_label')) ?? '';
  const sources = textsOf(child(rule, 'source_labels'));
  const [only = ''] = sources;
  const plain = child(rule, 'regex') === undefined && sources.length === 1;
  const isParameter = target === '__param_target' && plain && only === '__address__';
  const isInstance = target === 'instance' && plain && (only === '__param_target' || only === '__address__');
  const isProber = target === '__address__' && sources.length === 0;
  if (isParameter || isInstance || isProber) {
    ledger.changed(
      rule,
      to,
      isProber ? 'the collector is the prober' : 'label `instance` is what is probed, without a step for it',
    );
    return [];
  }
  const hidden = [...sources, target].filter((label) => label.startsWith('__') && label !== '__param_target');
  if (hidden.length > 0 || target === '__param_target') {
    fatal.push(
      `a step of relabelling makes what is probed of \`${hidden[0] ?? target}\`: name the targets as they are to be probed`,
    );
    return [];
  }
  const step = relabelRule(rule, `${to}.relabel`, reading);
  if (!sources.includes('__param_target')) return [step];
  ledger.changed(child(rule, 'source_labels'), `${to}.relabel`, 'what is probed is label `instance`');
  return [{ ...step, sourceLabels: sources.map((label) => (label === '__param_target' ? 'instance' : label)) }];
}
