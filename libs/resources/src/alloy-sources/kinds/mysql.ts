import { component } from '../../alloy-syntax/component.ts';
import { held } from '../credential-files.ts';
import { exporterOfEach } from '../exporters.ts';
import type { TargetsOf } from './kind.ts';

export const mysql: TargetsOf<'mysql'> = ({ servers, collectors }, source, label) =>
  exporterOfEach(
    'prometheus.exporter.mysql',
    { source, label, servers },
    ({ address }) => address,
    ({ dataSource }, own) => {
      const { block, line } = held(own, dataSource);
      return [
        block,
        component('prometheus.exporter.mysql', own, {
          data_source_name: line,
          ...(collectors.length > 0 && { enable_collectors: collectors }),
        }),
      ];
    },
  );
