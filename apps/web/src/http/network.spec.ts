import { networkHash, networkOf } from './network';

test('an IPv4 address is itself, however it is written, and an IPv6 network has 64 bits', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:0DB8:0001:0002::1')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('64:ff9b::192.0.2.33')).toBe('64:ff9b:0:0::/64');
});

test('the hash is another one with another key, city, day or network', () => {
  const at = new Date('2026-03-02T09:00:00+08:00');
  const hashes = [
    networkHash('k', '999901', '2001:db8::1', at), networkHash('k2', '999901', '2001:db8::1', at), networkHash('k', '999902', '2001:db8::1', at),
    networkHash('k', '999901', '2001:db8::1', new Date('2026-03-03T00:00:00+08:00')), networkHash('k', '999901', '203.0.113.7', at),
  ];
  expect(new Set(hashes).size).toBe(5);
  expect(networkHash('k', '999901', '2001:db8::ffff', at)).toBe(hashes[0]);
});
