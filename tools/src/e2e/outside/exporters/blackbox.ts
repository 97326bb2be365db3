import { stringify } from '@lgtm-fleet/yaml';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { answering, startDaemon } from '../daemon.ts';
import { temporaryFolder } from '../folders.ts';
import type { Exporter } from './exporter.ts';

const PROGRAM = 'prometheus-blackbox-exporter';
/** What it is asked for: an answer over HTTP. */
export const MODULE = 'http_2xx';

/** Probes what it is asked to. */
export const blackbox: Exporter = {
  programs: { [PROGRAM]: PROGRAM },
  start: async ({ address, cleanup, env }, find) => {
    const file = join(temporaryFolder(cleanup, 'blackbox'), 'blackbox.yml');
    writeFileSync(
      file,
      stringify({ modules: { [MODULE]: { prober: 'http', http: { preferred_ip_protocol: 'ip4' } } } }),
    );
    const at = `${address}:${await freePort(address)}`;
    const daemon = startDaemon(cleanup, find(PROGRAM), [`--config.file=${file}`, `--web.listen-address=${at}`], {
      env,
    });
    await answering([daemon], `http://${at}/-/healthy`, 20);
    return at;
  },
};
