import { expect, test } from 'vitest';
import { readCommand } from './flags.ts';

test('a flag goes before its variable, and what is not said has a default', () => {
  const env = { SHOP_URL: 'http://shop:8080', LOAD_COUNT: '7', LOAD_RATE: '3' };
  expect(readCommand(['load', '--rate', '0.5'], env)).toEqual({
    role: 'load',
    round: { url: new URL('http://shop:8080'), count: 7, rate: 0.5, deadlineSeconds: 60, slowEvery: 5, failEvery: 0 },
  });
  expect(readCommand(['load', '--pause', '10'], env)).toMatchObject({ pause: 10 });
  expect(readCommand(['stock'], {})).toEqual({ role: 'stock', port: 8080 });
});

test.each([
  [[], 'no role is given'],
  [['shelf'], "there is no role 'shelf'"],
  [['stock', 'shop'], "nothing to do with 'shop'"],
  [['shop'], "--stock is an address such as http://127.0.0.1:8080, not ''"],
  [['shop', '--stock', 'stock:8080'], "not 'stock:8080'"],
  [['stock', '--port', '70000'], '--port is a number from 0 to 65535'],
  [['stock', '--port', ''], '--port is a number'],
  [['load', '--shop', 'http://shop', '--count', '0'], '--count is a number from 1'],
  [['load', '--shop', 'http://shop', '--count', '1.5'], '--count is a whole number'],
  [['load', '--shop', 'http://shop', '--rate', 'Infinity'], '--rate is a number'],
  [['load', '--shop', 'http://shop', '--pause', '0'], '--pause is a number from 1'],
  [['load', '--speed', '1'], '--speed'],
])('%j is refused with a reason', (args, reason) => {
  expect(() => readCommand(args, {})).toThrow(reason);
});
