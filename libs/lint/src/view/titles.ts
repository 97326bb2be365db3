import type { Json } from '@lgtm-fleet/manifests';

const TITLES: Readonly<Record<string, string>> = {
  alloy: 'Alloy',
  grafana: 'Grafana',
  kafka: 'Kafka',
  loki: 'Loki',
  mimir: 'Mimir',
  prometheus: 'Prometheus',
  tempo: 'Tempo',
};

/** A program as sentences name it: `Loki` for `loki`; any other as its image is called. */
export function titleOf(program: string): string {
  return TITLES[program] ?? program;
}

/** A value as messages show it: text as it is, anything else as JSON. */
export function shown(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
