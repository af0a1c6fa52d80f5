// Whether an address is outside of one's own network: the first router from there is the provider's. Carriers number their
// side of a carrier-grade NAT from 100.64.0.0/10 (RFC 6598), so that is outside.

/** RFC 1918, link-local (RFC 3927), loopback. */
const isInside4 = (first: number, second: number): boolean =>
  first === 10 ||
  first === 127 ||
  (first === 172 && second >= 16 && second < 32) ||
  (first === 192 && second === 168) ||
  (first === 169 && second === 254);

/** Unique local (RFC 4193), link-local, loopback. */
const INSIDE_6 = /^(?:f[cd]|fe[89ab]|::1$)/i;

/** `address` is a valid one, without zone, an IPv6 one in its canonical spelling (RFC 5952). */
export const isOutside = (address: string): boolean => {
  if (address.includes(':')) return !INSIDE_6.test(address);
  const [first = 0, second = 0] = address.split('.').map(Number);
  return !isInside4(first, second);
};
