import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { chinaDate } from '@platform/kernel';

/** The four groups of sixteen bits that an IPv6 network of 64 bits begins with. */
function first64(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string): string[] => part.split(':').filter(Boolean).flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
  const [before, after] = [groups(head), groups(tail)];
  const whole = address.includes('::') ? [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after] : before;
  return whole.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** What one household or one office has: an IPv4 address, or the first 64 bits of an IPv6 address (RFC 4291 §2.5.4). */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped) return mapped;
  return isIP(plain) === 6 ? `${first64(plain)}::/64` : plain;
}

/** Stands for a network in the database: another hash in each city and on each day, and without the key of this installation nobody finds the address. */
export function networkHash(secret: string, cityId: string, address: string, at: Date): string {
  return createHmac('sha256', secret).update(`policyloop-network-v1\n${cityId}\n${chinaDate(at)}\n${networkOf(address)}`).digest('hex');
}
