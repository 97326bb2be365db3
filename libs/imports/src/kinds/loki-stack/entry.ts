import type { YamlMap } from '../../core/draft.ts';
import { booleanOf, child, entriesOf, itemsOf, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { whyRefused } from '../../core/trial.ts';
import type { Part } from './context.ts';

/**
 * The Ingress of Loki, through which outsiders push, beside the one of Grafana where there is one. Both are one way
 * in: it has one class and one certificate.
 */
export function readIngress(ingress: SourceNode | undefined, grafana: YamlMap | undefined, ledger: Ledger): Part {
  if (booleanOf(child(ingress, 'enabled')) !== true)
    return grafana === undefined ? {} : { spec: { exposure: grafana } };
  const host = child(ingress, 'hosts', 0, 'host') ?? child(ingress, 'hosts', 0);
  const name = child(ingress, 'ingressClassName') ?? child(ingress, 'annotations', 'kubernetes.io/ingress.class');
  const issuer = child(ingress, 'annotations', 'cert-manager.io/cluster-issuer');
  const certificate = child(ingress, 'tls', 0, 'secretName');
  const hostname = textOf(host);
  const domain = hostname?.split('.').slice(1).join('.') ?? '';
  const own = {
    ingressClass: textOf(name) ?? 'nginx',
    tls: issuer === undefined ? { secret: textOf(certificate) } : { issuer: textOf(issuer) },
    grafana: { hostname: `grafana.${domain}` },
  };
  const exposure = { ...(grafana ?? own), ingest: { hostname } };
  const why = whyRefused({ exposure });
  if (why !== undefined) {
    if (ingress !== undefined)
      ledger.impossible(ingress, `the cluster file cannot say it: ${why}. Say \`exposure\` by hand`);
    return grafana === undefined ? {} : { spec: { exposure: grafana } };
  }
  for (const [key, node] of entriesOf(child(ingress, 'annotations')))
    ledger.impossible(
      node,
      `annotation \`${key.slice(0, 80)}\` is for a patch below \`clusters/<name>/patches/gateway\``,
    );
  for (const path of itemsOf(child(ingress, 'hosts', 0, 'paths')))
    if (textOf(path) === '/') ledger.carried(path, 'nothing: it is so anyway');
  ledger.carried(child(ingress, 'enabled'), 'exposure.ingest');
  ledger.carried(host, 'exposure.ingest.hostname');
  ledger.carried(child(ingress, 'tls', 0, 'hosts'), 'exposure.ingest.hostname');
  if (grafana === undefined) {
    ledger.carried(name, 'exposure.ingressClass');
    ledger.carried(issuer, 'exposure.tls.issuer');
    if (issuer === undefined)
      ledger.changed(certificate, 'exposure.tls.secret', 'it has to be in namespace `observability`');
    else ledger.changed(certificate, 'exposure.tls.issuer', 'the issuer fills a Secret of the stack');
  } else
    for (const node of [name, issuer, certificate])
      ledger.changed(node, 'exposure', 'the way in is one, and it is as the Ingress of Grafana says');
  return {
    spec: { exposure },
    comments: {
      'exposure/ingest/hostname':
        'Where outsiders push. Queries from outside are closed: `queries` opens them, and everybody signs in',
      ...(grafana === undefined && { 'exposure/grafana/hostname': 'To be decided: where people open Grafana' }),
    },
  };
}
