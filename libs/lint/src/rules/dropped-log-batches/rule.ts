import { attributesOf, type Block } from '@lgtm-fleet/alloy';
import type { Span } from '@lgtm-fleet/diagnostics';
import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { alloyConfigs } from '../../view/alloy-configs.ts';

const RETRIES = 'max_backoff_retries';

export const rule: Rule = {
  meta: {
    id: 'dropped-log-batches',
    family: 'alloy',
    severity: 'warning',
    description: 'Alloy drops logs that it could read again.',
    why: 'After some ten attempts, about ten minutes, a batch is thrown away, although its lines are still in the files: an outage of the store becomes a hole in the logs.',
    source: 'https://grafana.com/docs/alloy/latest/reference/components/loki/loki.write/',
  },
  *cluster(cluster) {
    for (const { config, file } of alloyConfigs(cluster)) {
      const blocks = file.body.filter((statement) => statement.kind === 'block');
      // Only what reads files waits for the writer, and reads on when it is done.
      if (!blocks.some(({ name }) => name.name === 'loki.source.file')) continue;
      for (const block of blocks.filter(({ name }) => name.name === 'loki.write')) {
        for (const span of givingUp(block)) {
          yield {
            place: inText(config, span),
            message: `\`loki.write.${block.label?.name ?? ''}\` gives a batch up after some attempts`,
            help: `set \`${RETRIES} = 0\`: it tries for ever, and the files are read no further meanwhile`,
          };
        }
      }
    }
  },
};

/** The number of attempts of each endpoint that is not endless; the endpoint where it says none. */
function givingUp({ body }: Block): readonly Span[] {
  return body.flatMap((endpoint) => {
    if (endpoint.kind !== 'block' || endpoint.name.name !== 'endpoint') return [];
    const own = attributesOf(endpoint.body).find(
      ({ attribute, within }) => within.length === 0 && attribute.name.name === RETRIES,
    );
    const value = own?.attribute.value;
    if (value === undefined) return [endpoint.name.span];
    return value.kind === 'number' && value.value > 0 ? [value.span] : [];
  });
}
