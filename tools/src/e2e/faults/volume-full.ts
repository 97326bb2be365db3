import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../programs.ts';
import { read, restart } from './hands.ts';
import type { Fault } from './types.ts';

const BYTES = 24 * 2 ** 20;

interface Claim {
  readonly spec: { readonly volumeName: string };
}

interface Volume {
  readonly spec: { readonly hostPath?: { readonly path: string } };
}

/** A small file system lies over the folder of the volume, and something has filled it. */
export const volumeFull: Fault = {
  name: "Mimir's volume is full",
  paused: [],
  put: async ({ cluster, place }) => {
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' } as const;
    const { spec } = (await read(cluster, {
      ...claim,
      metadata: { namespace: 'observability', name: 'data-mimir-0' },
    })) as unknown as Claim;
    const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: spec.volumeName } };
    const path = ((await read(cluster, volume)) as unknown as Volume).spec.hostPath?.path ?? '';
    if (!existsSync(path)) throw new Error('the volume is no folder of this machine');
    await mustRun('mount', ['-t', 'tmpfs', '-o', `size=${String(BYTES)},mode=1777`, 'tmpfs', path]);
    const undo = async (): Promise<void> => {
      await mustRun('umount', ['--lazy', path]);
      await restart(cluster, 'observability', 'mimir');
    };
    place.cleanup.add(() => {
      void mustRun('umount', ['--lazy', path]).catch(() => undefined);
    });
    await restart(cluster, 'observability', 'mimir');
    writeFileSync(join(path, 'somebody-s-heap-dump'), Buffer.alloc(BYTES - 2 ** 20));
    return undo;
  },
  cause: { checks: ['volume-full'], where: /mimir/ },
  alert: { name: 'MimirWalWritesFailing' },
};
