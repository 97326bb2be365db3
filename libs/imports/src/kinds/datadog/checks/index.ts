import type { Check } from './check.ts';
import { dnsCheck } from './dns.ts';
import { elastic } from './elastic.ts';
import { httpCheck } from './http.ts';
import { kafkaConsumer } from './kafka-consumer.ts';
import { mongo } from './mongo.ts';
import { openmetrics } from './openmetrics.ts';
import { ping } from './ping.ts';
import { redisdb } from './redis.ts';
import { snmp } from './snmp.ts';
import { mysql, postgres } from './sql.ts';
import { tcpCheck, tls } from './tcp.ts';

/** Checks that the cluster file has a kind of source for, by the name of their folder. */
export const checks: ReadonlyMap<string, Check> = new Map([
  ['dns_check', dnsCheck],
  ['elastic', elastic],
  ['http_check', httpCheck],
  ['kafka_consumer', kafkaConsumer],
  ['mongo', mongo],
  ['mysql', mysql],
  ['openmetrics', openmetrics],
  ['ping', ping],
  ['postgres', postgres],
  ['prometheus', openmetrics],
  ['redisdb', redisdb],
  ['snmp', snmp],
  ['tcp_check', tcpCheck],
  ['tls', tls],
]);
