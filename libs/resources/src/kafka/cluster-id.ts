import { createHash } from 'node:crypto';

/**
 * The id that Kafka's storage is formatted with: 16 bytes, base64url without padding, as
 * `kafka-storage.sh random-uuid` prints it. It follows from the cluster's name, so that it is the
 * same in every run; a broker refuses a volume that was formatted with another one.
 */
export function kafkaClusterId(cluster: string): string {
  const bytes = createHash('sha256').update(`kafka/${cluster}`).digest().subarray(0, 16);
  // Without the highest bit the text starts with a letter; after a dash it would be read as a flag.
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('base64url');
}
