import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { answering, startDaemon } from '../daemon.ts';
import type { Exporter } from './exporter.ts';

const PROGRAM = 'prometheus-node-exporter';

/** The machine itself. */
export const node: Exporter = {
  programs: { [PROGRAM]: PROGRAM },
  start: async ({ address, cleanup, env }, find) => {
    const at = `${address}:${await freePort(address)}`;
    const daemon = startDaemon(cleanup, find(PROGRAM), [`--web.listen-address=${at}`], { env });
    await answering([daemon], `http://${at}/metrics`, 20);
    return at;
  },
};
