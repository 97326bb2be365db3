import type { SenderPlan } from '@lgtm-fleet/plan';

/** What a sender shows, in which files of its own machine. */
export interface SenderFiles {
  /** Of a password or a token. */
  readonly secret: string;
  readonly certificate: string;
  readonly key: string;
  /** Of the gateway's certificate, where systems do not know it. */
  readonly authority: string;
}

/** The files of a program's own folder: `/etc/prometheus`. */
export function filesBelow(folder: string, { writer }: Pick<SenderPlan, 'writer'>): SenderFiles {
  const at = (name: string): string => `${folder}/credentials/${name}`;
  return { secret: at(writer), certificate: at(`${writer}.crt`), key: at(`${writer}.key`), authority: at('ca.crt') };
}

export const PROMETHEUS_FOLDER = '/etc/prometheus';
/** Of the package of the distribution `contrib`, which has the extensions that sign in. */
export const COLLECTOR_FOLDER = '/etc/otelcol-contrib';
