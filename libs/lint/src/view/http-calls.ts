import type { Workload } from '@lgtm-fleet/manifests';
import type { Place } from '../types.ts';
import { inText } from '../place.ts';
import { addressesIn } from './address-text.ts';
import type { ClusterView } from './cluster.ts';
import { callsOf } from './destinations.ts';
import { gatewaysOf } from './nginx-locations.ts';
import { targetPort } from './services.ts';

/** A call over HTTP or HTTPS between pods of the cluster, as somebody's configuration says it. */
export interface HttpCall {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** What it is the value of: `alertmanager_url`, `proxy_pass`. */
  readonly key: string;
  readonly to: Workload;
  /** Of the container. */
  readonly port: number;
  readonly place: Place;
}

const SCHEMES: Readonly<Record<string, HttpCall['scheme']>> = {
  http: 'http',
  ws: 'http',
  https: 'https',
  wss: 'https',
};

/** Every call whose address says a scheme; what nginx passes on is put together from its variables. */
export function httpCallsOf(cluster: ClusterView): readonly HttpCall[] {
  const configured = callsOf(cluster).flatMap(({ destination: { address }, to, port }): readonly HttpCall[] => {
    const scheme = SCHEMES[address.scheme];
    return scheme === undefined
      ? []
      : [{ scheme, host: address.host, key: address.key, to, port, place: address.place }];
  });
  const passed = gatewaysOf(cluster).flatMap(({ config, locations }) =>
    locations.flatMap(({ upstream, service }): readonly HttpCall[] => {
      const [address] = addressesIn(upstream?.text.replace(/\$.*$/, '') ?? '');
      const scheme = SCHEMES[address?.scheme ?? ''];
      if (upstream === undefined || service === undefined || address === undefined || scheme === undefined) return [];
      const found = service.ports.find(({ port }) => port === address.port);
      return service.workloads.flatMap((to) => {
        const port = service.headless ? address.port : found && targetPort(to, found);
        const place = inText(config, upstream.span);
        return port === undefined ? [] : [{ scheme, host: address.host, key: 'proxy_pass', to, port, place }];
      });
    }),
  );
  return [...configured, ...passed];
}
