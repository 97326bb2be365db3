import { byPort, byUrl, type WaysTo } from './way.ts';

export const postgresql: WaysTo<'postgresql'> = ({ servers }, why) => byPort(addressesOf(servers), 'tcp', why);
export const mysql: WaysTo<'mysql'> = ({ servers }, why) => byPort(addressesOf(servers), 'tcp', why);
export const mongodb: WaysTo<'mongodb'> = ({ servers }, why) => byPort(addressesOf(servers), 'tcp', why);
export const redis: WaysTo<'redis'> = ({ servers }, why) => byPort(servers, 'tcp', why);
export const kafka: WaysTo<'kafka'> = ({ brokers }, why) => byPort(brokers, 'kafka', why);
export const elasticsearch: WaysTo<'elasticsearch'> = ({ url }, why) => byUrl([url], why);

function addressesOf(servers: readonly { readonly address: string }[]): readonly string[] {
  return servers.map(({ address }) => address);
}
