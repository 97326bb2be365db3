import { quantityOf } from '@lgtm-fleet/units';

/** What a cluster says of itself as a number: `250m` is 0.25, `1Gi` is 2^30. Zero where it is no quantity. */
export function quantity(text: string | undefined): number {
  return quantityOf(text ?? '') ?? 0;
}
