/** What the gateway writes of each request that did not go well, or came with a credential that has a successor. */
export const LOG_FIELDS: readonly (readonly [name: string, value: string])[] = [
  ['time', '$time_iso8601'],
  ['user', '$user'],
  ['credential', '$outdated'],
  ['method', '$request_method'],
  ['path', '$uri'],
  ['status', '$status'],
  ['upstream', '$upstream_addr'],
  ['request_bytes', '$request_length'],
  ['response_bytes', '$body_bytes_sent'],
  ['seconds', '$request_time'],
  ['upstream_seconds', '$upstream_response_time'],
  ['client', '$remote_addr'],
  ['user_agent', '$http_user_agent'],
];

/**
 * A line of a request that the gateway itself refused, as an expression of RE2: no store was asked, and it is not 499,
 * by which the client went away.
 */
export const REFUSED = '"status":"4(?:[0-8][0-9]|9[0-8])","upstream":""';
