import {
  readExposition,
  readGossip,
  readLimits,
  readRing,
  readServices,
  readUsualLimits,
  readVersion,
  SERIES,
  type AnswerFault,
  type Limits,
  type Page,
  type ProgramFacts,
  type Sample,
} from '@lgtm-fleet/doctor';
import { sizeFault } from '@lgtm-fleet/yaml';
import { isNoAnswer, type Answer, type Door } from './reach.ts';

const JSON_PAGE = { accept: 'application/json' };
/** They grow with the tenants. */
const YAML_PAGES: ReadonlySet<Page['gives']> = new Set(['limits', 'usual limits']);

/** What one page told. */
export interface ReadPage {
  readonly facts?: Partial<ProgramFacts>;
  readonly ring?: NonNullable<ProgramFacts['rings']>;
  readonly usual?: Limits[string];
  /** What it answered too much of. */
  readonly tooLarge?: readonly { readonly path: string; readonly because: string }[];
  readonly fault?: readonly AnswerFault[];
  readonly clock?: Pick<Answer, 'aheadSeconds' | 'withinSeconds'>;
}

/** Asks a page, and reads what it gives. */
export async function readPage(door: Door, page: Page): Promise<ReadPage> {
  const fault = (kind: AnswerFault['kind'], detail: string): ReadPage => ({
    fault: [{ path: page.path, kind, detail: detail.slice(0, 300) }],
  });
  const tooLarge = (because: string): ReadPage => ({ tooLarge: [{ path: page.path, because }] });
  let answer: Answer;
  try {
    answer = await door.ask({ path: page.path, headers: page.gives === 'metrics' ? {} : JSON_PAGE });
  } catch (error) {
    const kind = isNoAnswer(error) ? error.kind : 'refused';
    const words = error instanceof Error ? error.message : String(error);
    // What is much is not ill.
    return kind === 'large' ? tooLarge(words) : fault(kind, words);
  }
  const clock = { clock: answer };
  if (page.gives === 'ready')
    return { ...clock, facts: { ready: { status: answer.status, text: answer.text.slice(0, 500) } } };
  // A process that has no such ring, or not yet, has no such page.
  if (answer.status === 404) return clock;
  if (answer.status >= 500) return { ...clock, ...fault('status', `${String(answer.status)}: ${answer.text}`) };
  const size = YAML_PAGES.has(page.gives) ? sizeFault(answer.text) : undefined;
  if (size !== undefined) return { ...clock, ...tooLarge(size) };
  const read = readAs(page, answer.text);
  return read === undefined ? { ...clock, ...fault('garbage', answer.text) } : { ...clock, ...read };
}

function readAs({ gives, ring }: Page, text: string): ReadPage | undefined {
  switch (gives) {
    case 'services': {
      const services = readServices(text);
      return services && { facts: { services } };
    }
    case 'ring': {
      const members = readRing(text);
      if (members === 'none') return {};
      return members && { ring: [{ name: ring ?? '', members }] };
    }
    case 'gossip': {
      const members = readGossip(text);
      if (members === 'none') return {};
      return members === undefined ? undefined : { facts: { gossipMembers: members } };
    }
    case 'version': {
      const version = readVersion(text);
      return version === undefined ? undefined : { facts: { version } };
    }
    case 'limits': {
      const limits = readLimits(text);
      return limits && { facts: { limits } };
    }
    case 'usual limits': {
      const usual = readUsualLimits(text);
      return usual && { usual };
    }
    case 'metrics': {
      const metrics: readonly Sample[] | undefined = readExposition(text, SERIES);
      return metrics && { facts: { metrics } };
    }
    case 'ready':
      return {};
  }
}
