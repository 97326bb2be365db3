import { trace } from '@opentelemetry/api';
import { get, type Handler } from './http.ts';
import { MISSING_SKU, ORDINARY_SKUS, SLOW_SKU } from './stock.ts';
import type { Telemetry } from './telemetry.ts';

const MOST_ITEMS = 10;

/** The front: reserves `items` items, one after the other; `slow=1` and `fail=1` add one that is slow, one that fails. */
export function shopRoutes(telemetry: Telemetry, stock: URL): Readonly<Record<string, Handler>> {
  return {
    '/checkout': async (query, context) => {
      const items = Number(query.get('items') ?? '1');
      if (!Number.isInteger(items) || items < 1 || items > MOST_ITEMS)
        return { status: 400, body: { error: `items is a whole number from 1 to ${String(MOST_ITEMS)}` } };
      const skus = [
        ...Array.from({ length: items }, (_, index) => ORDINARY_SKUS[index % ORDINARY_SKUS.length] ?? ''),
        ...(query.get('slow') === '1' ? [SLOW_SKU] : []),
        ...(query.get('fail') === '1' ? [MISSING_SKU] : []),
      ];
      const traceId = trace.getSpanContext(context)?.traceId;
      for (const sku of skus) {
        const url = new URL('/reserve', stock);
        url.searchParams.set('sku', sku);
        const { status } = await get(telemetry, url, context);
        if (status !== 200) {
          telemetry.log('error', `stock answered ${String(status)}`, { 'sample.sku': sku }, context);
          return { status: 502, body: { error: `${sku} cannot be reserved`, traceId } };
        }
      }
      return { status: 200, body: { reserved: skus, traceId } };
    },
  };
}
