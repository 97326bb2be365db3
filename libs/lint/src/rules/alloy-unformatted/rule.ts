import { formatAlloy } from '@lgtm-fleet/alloy';
import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { alloyConfigs } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-unformatted',
    family: 'alloy',
    severity: 'info',
    description: 'A configuration is not formatted as `alloy fmt` would.',
    why: 'The next person who formats it changes lines that they did not mean to, and the change that matters is hard to see.',
    source: 'https://grafana.com/docs/alloy/latest/reference/cli/fmt/',
  },
  *cluster(cluster) {
    for (const { config, file } of alloyConfigs(cluster)) {
      const formatted = formatAlloy(file);
      // A literal of YAML may keep or drop the last line end.
      if (!file.complete || formatted.trimEnd() === config.text.trimEnd()) continue;
      const wanted = formatted.split('\n');
      const lines = config.text.split('\n');
      const first = lines.findIndex((line, index) => line !== wanted[index]);
      const at = Math.max(0, first);
      const start = lines.slice(0, at).join('\n').length + (at === 0 ? 0 : 1);
      yield {
        place: inText(config, { start, end: start + Math.max(1, (lines[at] ?? '').length) }),
        message: `\`${config.key}\` is not formatted; this is the first line that differs`,
        help: 'run `alloy fmt --write` on the file',
      };
    }
  },
};
