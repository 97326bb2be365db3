import type { Plan, TempoPlan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { Section } from '../section.ts';
import type { TempoConfig } from './config.ts';

/** Ports as `base/tempo` has them. */
export const ports = { http: 3200, grpc: 9095, memberlist: 7946, otlpGrpc: 4317, otlpHttp: 4318 } as const;

/** Some of the top-level keys of `tempo.yaml`, with the reasons behind them by path (`live_store/ring`). */
export type TempoSection<Key extends keyof TempoConfig> = Section<Pick<TempoConfig, Key>>;

/** What every part of the file follows from. */
export interface Inputs {
  readonly plan: Plan;
  readonly tempo: TempoPlan;
}

export function isDistributed({ tempo }: Inputs): boolean {
  return tempo.mode === 'distributed';
}

/** Where another role takes gRPC calls; in one process that is the process itself. */
export function grpcOf(inputs: Inputs, service: string): string {
  return `${isDistributed(inputs) ? fqdn(inputs.plan, service) : '127.0.0.1'}:${String(ports.grpc)}`;
}
