import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inRange, parseAddress } from './addresses.ts';

test.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.9/8', '10.1.1.1', true],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['192.0.2.7/32', '192.0.2.7', true],
  ['192.0.2.7/32', '192.0.2.6', false],
  ['::/0', 'fd00::1', true],
  ['fd00::/8', 'FD12::1', true],
  ['fe80::/10', 'fec0::1', false],
  ['2001:db8::/32', '2001:db8:0:0:0:0:0:1', true],
  ['::ffff:10.0.0.0/104', '::ffff:10.1.2.3', true],
])('%s and %s: %s', (cidr, address, inside) => {
  expect(inRange(cidr, address)).toBe(inside);
});

test('the two families never meet', () => {
  expect(inRange('0.0.0.0/0', '::1')).toBe(false);
  expect(inRange('::/0', '10.0.0.1')).toBe(false);
  expect(inRange('0.0.0.0/0', '::ffff:10.0.0.1')).toBe(false);
});

test.each([
  '',
  '10.0.0',
  '10.0.0.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  'g::',
])('`%s` is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
  expect(inRange(`${text}/0`, '10.0.0.1')).toBe(false);
});

test.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/a', 'fd00::/129'])(
  '`%s` is no range',
  (cidr) => {
    expect(inRange(cidr, '10.0.0.0')).toBe(false);
    expect(inRange(cidr, 'fd00::')).toBe(false);
  },
);

const four = fc.ipV4();
const six = fc.ipV6();

test('a range holds its own first address, and a wider one all that a narrower one holds', () => {
  fc.assert(
    fc.property(fc.oneof(four, six), fc.oneof(four, six), fc.nat(128), fc.nat(128), (network, address, one, two) => {
      const bits = network.includes(':') ? 128 : 32;
      const [wide = 0, narrow = 0] = [one % (bits + 1), two % (bits + 1)].toSorted((left, right) => left - right);
      expect(inRange(`${network}/${String(narrow)}`, network)).toBe(true);
      if (inRange(`${network}/${String(narrow)}`, address))
        expect(inRange(`${network}/${String(wide)}`, address)).toBe(true);
    }),
  );
});
