// Default routes out of the kernel's tables, and which addresses are outside of one's own network.

import { describe, expect, it } from 'vitest';
import { defaultRouteIn } from '../../../src/probe/route/default-route.js';
import { isOutside } from '../../../src/events/outside.js';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const four = (device: string, gateway: string, flags: string, metric: number, destination = '00000000') =>
  `${device}\t${destination}\t${gateway}\t${flags}\t0\t0\t${metric}\t${destination}\t0\t0\t0\n`;
const six = (gateway: string, metric: string, flags: string, device: string) =>
  `${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00 ${gateway} ${metric} 00000001 00000000 ${flags} ${device}\n`;

describe('the default route', () => {
  it('of IPv4 is that of the least metric', () => {
    const table = HEAD + four('wlan0', '0101A8C0', '0003', 600) + four('eth0', 'FE00000A', '0003', 100);
    expect(defaultRouteIn(4, table)).toEqual({ family: 4, nextHop: '10.0.0.254', interface: 'eth0' });
  });

  it('of a VPN has no next hop', () => {
    const table = HEAD + four('tun0', '00000000', '0001', 0);
    expect(defaultRouteIn(4, table)).toEqual({ family: 4, nextHop: null, interface: 'tun0' });
  });

  it('is none where routes lead elsewhere, are down or reject', () => {
    const table =
      HEAD +
      four('eth0', '0101A8C0', '0003', 0, '0000FF0A') +
      four('eth0', '0101A8C0', '0002', 0) +
      four('*', '00000000', '0201', 0);
    expect(defaultRouteIn(4, table)).toBeNull();
    expect(defaultRouteIn(4, '')).toBeNull();
    expect(defaultRouteIn(6, six('0'.repeat(32), 'ffffffff', '00200200', 'lo'))).toBeNull();
  });

  it('of IPv6 has a link-local next hop with its zone', () => {
    const table =
      six('fe800000000000000000000000000001', '00000400', '00450003', 'wlan0') +
      six('20010db8000000000000000000000001', '00000401', '00000003', 'eth0');
    expect(defaultRouteIn(6, table)).toEqual({ family: 6, nextHop: 'fe80::1%wlan0', interface: 'wlan0' });
  });
});

describe('outside', () => {
  it.each(['1.1.1.1', '100.64.0.1', '172.32.0.1', '192.169.0.1', '2001:db8::1'])('%s is', (address) => {
    expect(isOutside(address)).toBe(true);
  });

  it.each(['10.1.2.3', '172.16.0.1', '172.31.255.1', '192.168.1.1', '169.254.1.1', 'fd00::1', 'fe80::1'])(
    '%s is not',
    (address) => {
      expect(isOutside(address)).toBe(false);
    },
  );
});
