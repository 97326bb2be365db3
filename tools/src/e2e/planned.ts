import type { Plan } from '@lgtm-fleet/plan';
import { loadFleet } from '../workspace/clusters.ts';
import { planOf } from '../workspace/tree.ts';
import type { Checkout } from './checkout.ts';

/** The plan of a checkout as it is committed now. */
export function planned({ root, cluster: name, url }: Checkout): Plan {
  const fleet = loadFleet(root).clusters.map(({ cluster }) => cluster);
  const cluster = fleet.find(({ metadata }) => metadata.name === name);
  if (cluster === undefined) throw new Error(`${name} is no cluster of the checkout`);
  return planOf({ cluster, fleet, repository: url });
}
