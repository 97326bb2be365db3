import { get, list, number, readDocument, text } from '@lgtm-fleet/manifests';
import type { Side } from './side.ts';

const DAY = 86_400;

/** Rules by which buckets delete objects by age, as S3 writes them in JSON or YAML: seconds by file and rule. */
export function lifecyclesOf(side: Side): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { configMap, file, value } of side.files) {
    // A file without an end that says what it is may still be JSON.
    const document = typeof value === 'string' ? readDocument(value).value : value;
    for (const [index, rule] of list(document, 'Rules').entries()) {
      const days = number(rule, 'Expiration', 'Days');
      if (days === undefined || get(rule, 'Status') === 'Disabled') continue;
      const name = text(rule, 'ID') ?? String(index);
      found.set(`${configMap}/${file}/${name}`, days * DAY);
    }
  }
  return found;
}
