import type { Plan } from '@lgtm-fleet/plan';
import type { CanaryStep, Facts } from './facts.ts';
import { samplesOf } from './programs.ts';
import { ringsOf, type SeenRing } from './rings.ts';
import { storeOf } from './routes.ts';
import { ago } from './times.ts';
import { viewOf, type View } from './view.ts';

/** One step of the way of a signal: what was seen of it, and how long it took. */
export interface Step extends Omit<CanaryStep, 'seconds'> {
  /** Absent where it is a state, and takes no time. */
  readonly seconds?: number;
}

/**
 * The whole way of the canary: written at the front door, held by the members of a ring, uploaded, read, and followed
 * from signal to signal. Between write and read stand the programs' own words; a flush for the canary alone would
 * upload what others write. Undefined where none was sent.
 */
export function wayOf(plan: Plan, facts: Facts): readonly Step[] | undefined {
  const { canary } = facts;
  if (canary === undefined) return undefined;
  const view = viewOf(plan, facts);
  const rings = ringsOf(view);
  return canary.steps.flatMap((step): readonly Step[] =>
    step.step === 'write' ? [step, ...between(view, rings, step.signal)] : [step],
  );
}

/** Whose members hold what was written until it is uploaded, and what tells of uploads. */
const HOLDERS: Readonly<Record<string, { readonly ring: string; readonly uploads: string }>> = {
  mimir: { ring: 'ingester', uploads: 'cortex_ingester_shipper_last_successful_upload_timestamp_seconds' },
  loki: { ring: 'ingester', uploads: 'loki_objstore_bucket_last_successful_upload_time' },
  tempo: { ring: 'live-store', uploads: 'tempo_live_store_blocks_completed_total' },
};

function between(
  { plan, facts, now }: View,
  rings: readonly SeenRing[],
  signal: CanaryStep['signal'],
): readonly Step[] {
  const store = storeOf(plan, signal);
  const holder = HOLDERS[store];
  if (holder === undefined) return [];
  const { ring: name, uploads } = holder;
  const ring = rings.find((one) => one.component === store && one.name === name);
  const active = ring?.members.filter(({ state }) => state === 'ACTIVE').length;
  const told = (facts.programs ?? [])
    .filter(({ component }) => component === store)
    .flatMap((program) => samplesOf(program, uploads))
    .map(({ value }) => value);
  return [
    ...(ring === undefined || active === undefined
      ? []
      : [
          {
            step: 'ring',
            signal,
            ok: active > 0 && active === ring.members.length,
            detail: `${active} of ${ring.members.length} members of ${name} are active`,
          },
        ]),
    ...(told.length === 0 ? [] : [flush(signal, told, now, uploads.endsWith('_total'))]),
  ];
}

function flush(signal: CanaryStep['signal'], told: readonly number[], now: number, counted: boolean): Step {
  const step = { step: 'flush', signal, ok: true } as const;
  if (counted)
    return { ...step, detail: `${told.reduce((sum, value) => sum + value, 0)} blocks since the pods have started` };
  const last = Math.max(...told);
  // Zero until the first upload, which takes hours after a start.
  return last === 0
    ? { ...step, detail: 'nothing was uploaded since the pods have started' }
    : { ...step, detail: `last uploaded ${ago(Math.max(0, now - last * 1000))} ago` };
}
