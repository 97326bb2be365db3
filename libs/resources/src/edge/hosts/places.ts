import type { HostGroupPlan } from '@lgtm-fleet/plan';
import type { Shown } from '../../alloy/sign-in.ts';
import { reference } from '../../alloy-syntax/expression.ts';

/** What tells machines apart, on metrics, logs and, as an attribute, on what comes over OTLP. */
export const HOSTNAME = reference('constants.hostname');

/** Where things are on a machine: as the vendor's own packages have it, and credentials beside them. */
interface Places {
  /** Alloy's configuration, which its service reads. */
  readonly config: string;
  /** What Alloy keeps: its write-ahead log, and how far it has read. */
  readonly storage: string;
  readonly credentials: string;
}

const PLACES: Readonly<Record<HostGroupPlan['os'], Places>> = {
  linux: {
    config: '/etc/alloy/config.alloy',
    storage: '/var/lib/alloy/data',
    credentials: '/etc/alloy/credentials',
  },
  windows: {
    config: String.raw`C:\Program Files\GrafanaLabs\Alloy\config.alloy`,
    storage: String.raw`C:\ProgramData\GrafanaLabs\Alloy\data`,
    credentials: String.raw`C:\ProgramData\GrafanaLabs\Alloy\credentials`,
  },
};

const SEPARATORS = { linux: '/', windows: '\\' } as const;

export function placesOf({ os }: Pick<HostGroupPlan, 'os'>): Places {
  return PLACES[os];
}

/** What a machine of a group shows at the gateway, and in which files it has it. */
export function shownBy({ os, writer, credential, ownAuthority }: HostGroupPlan): Shown {
  const at = (name: string): string => `${PLACES[os].credentials}${SEPARATORS[os]}${name}`;
  return {
    user: writer,
    credential,
    secretFile: at(writer),
    certificateFiles: { ca_file: at('ca.crt'), cert_file: at(`${writer}.crt`), key_file: at(`${writer}.key`) },
    ...(ownAuthority && { authorityFile: at('ca.crt') }),
  };
}

/** Names of the files that a machine is given. */
export function credentialFiles({ writer, credential, ownAuthority }: HostGroupPlan): readonly string[] {
  return [
    ...(credential === 'certificate' ? [`${writer}.crt`, `${writer}.key`] : [writer]),
    ...(ownAuthority ? ['ca.crt'] : []),
  ];
}
