import { SpanKind } from '@opentelemetry/api';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Handler } from './http.ts';
import { inSpan, type Telemetry } from './telemetry.ts';

/** What is near and there. */
export const ORDINARY_SKUS = ['apple', 'book', 'chair', 'desk', 'egg'] as const;
/** Lies far away: each reservation takes 1.2 s, in a span of its own. */
export const SLOW_SKU = 'anvil';
/** Is in the books and not on the shelf: each reservation fails. */
export const MISSING_SKU = 'unicorn';

const SLOW_MILLISECONDS = 1200;

/** The back: reserves one item. */
export function stockRoutes(telemetry: Telemetry): Readonly<Record<string, Handler>> {
  return {
    '/reserve': async (query, context) => {
      const sku = query.get('sku') ?? '';
      if (sku === SLOW_SKU || query.get('slow') === '1') {
        const options = { kind: SpanKind.INTERNAL, attributes: { 'sample.sku': sku } };
        await inSpan(telemetry, 'walk to the far shelf', options, context, async () => sleep(SLOW_MILLISECONDS));
      }
      if (sku === MISSING_SKU) {
        telemetry.log('error', 'the shelf is empty, the books say otherwise', { 'sample.sku': sku }, context);
        return { status: 500, body: { error: `${sku} is not on its shelf` } };
      }
      if (sku !== SLOW_SKU && !ORDINARY_SKUS.some((one) => one === sku))
        return { status: 404, body: { error: 'there is no such sku' } };
      return { status: 200, body: { reserved: sku } };
    },
  };
}
