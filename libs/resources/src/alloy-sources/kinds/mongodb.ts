import { component } from '../../alloy-syntax/component.ts';
import { held } from '../credential-files.ts';
import { exporterOfEach } from '../exporters.ts';
import type { TargetsOf } from './kind.ts';

export const mongodb: TargetsOf<'mongodb'> = ({ servers }, source, label) =>
  exporterOfEach(
    'prometheus.exporter.mongodb',
    { source, label, servers },
    ({ address }) => address,
    ({ dataSource }, own) => {
      const { block, line } = held(own, dataSource);
      return [
        block,
        component('prometheus.exporter.mongodb', own, {
          mongodb_uri: line,
          // Otherwise it asks whichever member of the replica set it finds, at addresses to which no policy lets it out.
          direct_connect: true,
        }),
      ];
    },
  );
