/** What the gateway bears of one credential in each of its pods; more is answered 429. */
export interface GatewayPlan {
  readonly requestsPerSecond: number;
  /** Requests at once beyond the rate, before any is refused. */
  readonly burst: number;
  /** Requests under way at one time. */
  readonly connections: number;
}
