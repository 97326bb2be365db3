import { printFile } from '../alloy-syntax/print.ts';
import type { Emit } from '../types.ts';
import { gatewayConfig } from './config.ts';

/** The collector that applications send OTLP to: all three signals, sampled, parted by tenant, sent on. */
export const alloyGateway: Emit = (plan, component) => ({
  configFiles: [
    {
      name: 'config.alloy',
      configMap: 'alloy-gateway-config',
      hashed: true,
      form: 'text',
      text: printFile(gatewayConfig(plan, component)),
      comment: '//',
    },
  ],
  objectFiles: [],
  patchFiles: [],
});
