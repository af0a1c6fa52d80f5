// Whether an address is outside of one's own network. Carriers number their side of a carrier-grade NAT from 100.64.0.0/10
// (RFC 6598), so that is outside.

import { BlockList, isIPv4 } from 'node:net';

const inside = new BlockList();
// RFC 1918, link-local of RFC 3927, loopback.
inside.addSubnet('10.0.0.0', 8, 'ipv4');
inside.addSubnet('172.16.0.0', 12, 'ipv4');
inside.addSubnet('192.168.0.0', 16, 'ipv4');
inside.addSubnet('169.254.0.0', 16, 'ipv4');
inside.addSubnet('127.0.0.0', 8, 'ipv4');
// Unique local (RFC 4193), link-local, loopback.
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');
inside.addAddress('::1', 'ipv6');

/** `address` is a valid one, without zone. */
export const isOutside = (address: string): boolean => !inside.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
