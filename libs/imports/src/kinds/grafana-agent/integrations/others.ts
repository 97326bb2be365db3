import type { SourceNode } from '../../../core/node.ts';
import type { AgentContext } from '../context.ts';

/** Components of Alloy that do what an integration did, and no key of the cluster file asks for. */
const COMPONENTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apache_http: 'prometheus.exporter.apache',
    process_exporter: 'prometheus.exporter.process',
    oracledb: 'prometheus.exporter.oracledb',
    dnsmasq_exporter: 'prometheus.exporter.dnsmasq',
    memcached_exporter: 'prometheus.exporter.memcached',
    mssql: 'prometheus.exporter.mssql',
    snowflake: 'prometheus.exporter.snowflake',
    statsd_exporter: 'prometheus.exporter.statsd',
    consul_exporter: 'prometheus.exporter.consul',
    github_exporter: 'prometheus.exporter.github',
    squid: 'prometheus.exporter.squid',
    cadvisor: 'prometheus.exporter.cadvisor',
  }),
);

/** Says of an integration that becomes no source what takes its place. */
export function otherIntegration(name: string, node: SourceNode, { ledger, place }: AgentContext): void {
  if (name === 'agent')
    ledger.changed(
      node,
      'the collector',
      place === 'machine'
        ? 'a machine also sends what tells whether its collector does: job `<group>/alloy`'
        : 'Alloy gives metrics of itself, and is scraped by annotation',
    );
  else if (name === 'cadvisor' && place === 'nodes')
    ledger.changed(
      node,
      'collected by Alloy already',
      'every node scrapes its own containers: job `kube-system/cadvisor`',
    );
  else if (name === 'eventhandler')
    ledger.impossible(
      node,
      'events of Kubernetes are not collected: by hand, with `loki.source.kubernetes_events` in one Alloy',
    );
  else if (name === 'app_agent_receiver')
    ledger.impossible(
      node,
      'nothing takes what browsers send with Faro: by hand, with `faro.receiver` in an Alloy of your own',
    );
  else if (name === 'vsphere')
    ledger.impossible(
      node,
      'no kind of source asks vSphere: run an exporter, and name it in a source of kind `static`',
    );
  else {
    const component = COMPONENTS.get(name);
    if (component !== undefined)
      ledger.impossible(
        node,
        `no kind of source does it: run the exporter by itself, and name it in a source of kind \`static\`; else by hand, with \`${component}\``,
      );
  }
}
