import { z } from 'zod';
import { hostGroup, sender } from './senders.ts';
import { source } from './sources.ts';

/** What lives outside the cluster and is to be seen. */
export const ingest = z.strictObject({
  sources: z.array(source).max(2000).default([]).describe('What is scraped, probed or asked from inside the cluster.'),
  senders: z.array(sender).max(500).default([]).describe('Who pushes to the gateway by himself.'),
  hosts: z.array(hostGroup).max(500).default([]).describe('Groups of machines that run a collector of ours.'),
});
