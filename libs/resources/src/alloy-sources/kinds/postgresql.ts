import { component } from '../../alloy-syntax/component.ts';
import { held } from '../credential-files.ts';
import { exporterOfEach } from '../exporters.ts';
import type { TargetsOf } from './kind.ts';

/** An exporter for each server: of several data sources one asks the first alone for most of what it collects. */
export const postgresql: TargetsOf<'postgresql'> = ({ servers, allDatabases }, source, label) =>
  exporterOfEach(
    'prometheus.exporter.postgres',
    { source, label, servers },
    ({ address }) => address,
    ({ dataSource }, own) => {
      const { block, line } = held(own, dataSource);
      return [
        block,
        component('prometheus.exporter.postgres', own, {
          data_source_names: [line],
          ...(allDatabases && { autodiscovery: { enabled: true } }),
        }),
      ];
    },
  );
