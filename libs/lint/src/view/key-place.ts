import { spanOfKey, spanOfValue } from '@lgtm-fleet/spec';
import type { Path } from '@lgtm-fleet/manifests';
import { positionedConfig } from '../locate/documents.ts';
import { inConfig, inText } from '../place.ts';
import type { Place } from '../types.ts';
import type { ConfigFile } from './config-file.ts';

/** The key at a path of a file, where it is the key that is wrong and not its value. */
export function keyPlace(config: ConfigFile, ...path: Path): Place {
  const document = positionedConfig(config);
  if (document === undefined) return inConfig(config, ...path);
  const value = spanOfValue(document.document, path);
  const key = spanOfKey(document.document, path);
  // An item of a list has no key.
  return inText(config, typeof path.at(-1) === 'string' ? key : value);
}
