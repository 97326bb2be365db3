import { get } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { at, listAt } from '../../records.ts';
import { subjectOf } from '../../subjects.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'service-without-endpoints',
  layer: 'workload',
  runbook: 'store-down',
  find: (view) => {
    const slices = view.live('EndpointSlice');
    if (slices === undefined || view.live('Service') === undefined) return [];
    return view.planned('Service').flatMap((service) => {
      const { namespace = '', name } = service.metadata;
      if (at(service, 'spec', 'selector') === undefined || view.find('Service', namespace, name) === undefined)
        return [];
      const own = slices.filter(
        ({ metadata }) => metadata.namespace === namespace && metadata.labels?.['kubernetes.io/service-name'] === name,
      );
      const ready = own
        .flatMap((slice) => listAt(slice, 'endpoints'))
        .filter((one) => at(one, 'conditions', 'ready') !== false);
      if (ready.length > 0) return [];
      return [
        {
          severity: 'error',
          what: `nobody is ready behind Service ${name}`,
          where: placeOf('Service', namespace, name),
          why: ['whoever calls it is refused'],
          next: get('endpointslices', namespace, `-l kubernetes.io/service-name=${name}`),
          about: [subjectOf(service)],
        },
      ];
    });
  },
};
