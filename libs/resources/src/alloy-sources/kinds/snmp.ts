import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { held } from '../credential-files.ts';
import { instanceOf } from '../instance.ts';
import { withoutBrackets } from './blackbox.ts';
import type { TargetsOf } from './kind.ts';

/** What the spec calls the entry of `auths` that is asked with. */
const AUTH = 'fleet';

/** Devices, each walked by the modules of the source, which Alloy has built in. */
export const snmp: TargetsOf<'snmp'> = ({ devices, modules, auth }, source, label) => {
  const file = auth === undefined ? undefined : held(`${label}_auth`, auth);
  const targets = devices.map(withoutBrackets).map((address) => ({
    name: address,
    address,
    module: modules.join(','),
    ...(file !== undefined && { auth: AUTH }),
  }));
  return {
    blocks: [
      ...(file === undefined ? [] : [file.block]),
      component('prometheus.exporter.snmp', label, {
        // Beside what is built in, instead of in its place.
        ...(file !== undefined && { config: file.content, config_merge_strategy: 'merge' }),
        targets,
      }),
    ],
    targets: reference(`prometheus.exporter.snmp.${label}.targets`),
    rules: instanceOf(source, '__param_target'),
  };
};
