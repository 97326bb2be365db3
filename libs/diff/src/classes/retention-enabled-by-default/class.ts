import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { lokiDeletes, retentionOf } from '../../view/retention.ts';
import { changesOfStore, whereIsData } from '../../view/stores.ts';

export const retentionEnabledByDefault: DangerClass = {
  meta: {
    id: 'retention-enabled-by-default',
    danger: 'D10',
    effect: 'data-loss',
    blocks: true,
    description: 'Loki begins to delete, and nobody wrote down after how long.',
    why: 'Loki then takes its own default of 31 days, also for lines that were written when nothing was ever deleted.',
    source: 'grafana/loki#8359: index folders of years deleted',
  },
  *find({ before, after, changes }) {
    const [old, now] = [before, after].map(({ stores }) => stores.find(({ name }) => name === 'loki'));
    if (old === undefined || now === undefined || lokiDeletes(old) || !lokiDeletes(now) || retentionOf(now).written)
      return;
    yield {
      subject: 'loki',
      message: say`Loki gets ${'retention_enabled: true'} without a ${'retention_period'}`,
      consequence: say`deletes all logs older than 31 days, Loki's own default, from ${whereIsData(now).noun === 'bucket' ? say`bucket ` : say`the volume of `}${whereIsData(now).name}; until now nothing was ever deleted, and a revert brings nothing back`,
      changes: changesOfStore(changes, 'loki'),
    };
  },
};
