import type { z } from 'zod';
import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import type { Source } from './sources.ts';
import type { tlsByName } from './tls.ts';

/** A certificate is shown with its key: programs refuse one without the other, and Alloy then does not start. */
export function certificates({ ingest }: ClusterSpec['spec']): Fault[] {
  return ingest.sources.flatMap((source, index) =>
    tlsOf(source).flatMap(([tls, path]): Fault[] => {
      if (tls === undefined || (tls.certificate === undefined) === (tls.key === undefined)) return [];
      const [there, missing] = tls.key === undefined ? ['certificate', 'key'] : ['key', 'certificate'];
      return [
        {
          id: 'certificate-without-key',
          path: ['spec', 'ingest', 'sources', index, ...path, there],
          atKey: true,
          message: `\`${there}\` stands without \`${missing}\``,
          help: `add \`${missing}: { secret: …, key: … }\``,
        },
      ];
    }),
  );
}

const SCRAPED = ['static', 'dns', 'http', 'consul', 'ec2', 'azure', 'gce', 'redis', 'kafka', 'elasticsearch'] as const;

function tlsOf(source: Source): readonly (readonly [z.output<typeof tlsByName> | undefined, Path])[] {
  const { http, tcp } = source.blackbox ?? {};
  return [
    ...SCRAPED.map((kind) => [source[kind]?.tls, [kind, 'tls']] as const),
    [http?.tls, ['blackbox', 'http', 'tls']],
    [tcp?.tls, ['blackbox', 'tcp', 'tls']],
    [source.http?.serverTls, ['http', 'serverTls']],
    [source.consul?.serverTls, ['consul', 'serverTls']],
  ];
}
