import { get } from '@lgtm-fleet/manifests';
import type { ConfigFile } from './config-file.ts';

/** Panels in a list, or by name in the newer form. */
export function isDashboard({ key, value }: ConfigFile): boolean {
  if (!key.endsWith('.json')) return false;
  return ['panels', 'elements', 'rows'].some((name) => typeof get(value, name) === 'object') || isWrapped(value);
}

function isWrapped(value: ConfigFile['value']): boolean {
  return typeof get(value, 'spec', 'elements') === 'object' || typeof get(value, 'dashboard', 'panels') === 'object';
}
