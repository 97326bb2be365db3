import { describe, expect, test } from 'vitest';
import { readGossip, readRing, readServices, readVersion } from './pages.ts';

describe('rings', () => {
  test('JSON, with the age of heartbeats by the clock of the page', () => {
    const text = JSON.stringify({
      shards: [
        {
          id: 'loki-0',
          state: 'ACTIVE',
          address: '10.0.0.1:9095',
          timestamp: '2026-03-01T11:59:55Z',
          zone: '',
          tokens: [1],
        },
        { id: 'loki-1', state: 'Unhealthy', address: '10.0.0.2:9095', timestamp: '2026-03-01T11:50:00Z' },
        { id: 'loki-2', state: 'LEAVING', address: '10.0.0.3:9095', timestamp: '1970-01-01T00:00:00Z' },
      ],
      now: '2026-03-01T12:00:00Z',
    });
    expect(readRing(text)).toEqual([
      { id: 'loki-0', state: 'ACTIVE', address: '10.0.0.1:9095', heartbeatAgeSeconds: 5 },
      { id: 'loki-1', state: 'UNHEALTHY', address: '10.0.0.2:9095', heartbeatAgeSeconds: 600 },
      { id: 'loki-2', state: 'LEAVING', address: '10.0.0.3:9095' },
    ]);
  });

  test('the table of the page for people', () => {
    const text = `<!DOCTYPE html><html><body><h1>Ring Status</h1><table>
      <thead><tr><th>Instance ID</th><th>Availability Zone</th><th>State</th><th>Address</th></tr></thead>
      <tbody><tr><td>loki-0</td><td>zone-a</td><td><b>ACTIVE</b></td><td>10.0.0.1:9095</td></tr>
      <tr bgcolor="#BEBEBE"><td>loki&amp;1</td><td></td><td>Unhealthy</td><td>10.0.0.2:9095</td></tr></tbody></table>`;
    expect(readRing(text)).toEqual([
      { id: 'loki-0', state: 'ACTIVE', address: '10.0.0.1:9095' },
      { id: 'loki&1', state: 'UNHEALTHY', address: '10.0.0.2:9095' },
    ]);
  });

  test.each([
    ['no members', '{"shards":[],"now":"2026-03-01T12:00:00Z"}', []],
    ['a ring that is off', '<p>Query-scheduler hash ring is disabled.</p>', 'none'],
    ['a ruler without one', '<p>Ruler running with shards disabled</p>', 'none'],
    ['another page', '<html><body>Welcome</body></html>', undefined],
    ['another document', '{"status":"success"}', undefined],
    ['half of one', '{"shards":[{"id":"a"', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, text, expected) => {
    expect(readRing(text)).toEqual(expected);
  });
});

test.each([
  [
    'as Loki writes them',
    'server => Running\nring => Failed\n',
    [
      ['server', 'Running'],
      ['ring', 'Failed'],
    ],
  ],
  ['as Mimir does', '{"now":"x","services":[{"name":"compactor","status":"Running"}]}', [['compactor', 'Running']]],
  [
    'as Tempo does',
    'GET /status/services\n+----+\n| SERVICE NAME | STATUS | FAILURE CASE |\n+----+\n| backend-scheduler | Running |   |\n',
    [['backend-scheduler', 'Running']],
  ],
  ['nothing of the kind', 'ready\n', undefined],
  ['another document', '{"services":7}', undefined],
])('services: %s', (_, text, expected) => {
  expect(readServices(text)?.map(({ name, state }) => [name, state])).toEqual(expected);
});

test.each([
  ['members', '{"SortedMembers":[{"Name":"a"},{"Name":"b"}]}', 2],
  ['one that is alone', "This instance doesn't use memberlist.", 'none'],
  ['something else', '{"SortedMembers":{}}', undefined],
])('gossip: %s', (_, text, expected) => {
  expect(readGossip(text)).toBe(expected);
});

test.each([
  ['Loki and Tempo', '{"version":"3.7.8","revision":""}', '3.7.8'],
  ['Mimir', '{"status":"success","data":{"application":"Grafana Mimir","version":"3.2.1"}}', '3.2.1'],
  ['something else', 'ready', undefined],
])('version: %s', (_, text, expected) => {
  expect(readVersion(text)).toBe(expected);
});
