import type { LogContext } from '../../logs/context.ts';
import type { ScrapeContext } from '../../scrape/context.ts';

/** What one configuration of an agent is read with. */
export interface AgentContext extends LogContext, ScrapeContext {}
