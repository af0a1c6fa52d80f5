// Counters and signal out of the kernel's tables.

import { describe, expect, it } from 'vitest';
import { bytesOf, signalOf } from '../../../src/probe/traffic/interface-tables.js';

const DEVICES = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:  123456     789    0    0    0     0          0         0   123456     789    0    0    0     0       0          0
eth0: 98765432109 1000000    0    3    0     0          0         5 12345678901  900000    0    0    0     0       0          0
wlan0:1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0
`;

const WIRELESS = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   54.  -56.  -256        0      0      0      0     20        0
 wlan1: 0000   54   170   100        0      0      0      0     20        0
 wlan2: 0000    0  -256  -256        0      0      0      0     20        0
`;

describe('the bytes of an interface', () => {
  it('are those received and sent, with a space behind the colon or none', () => {
    expect(bytesOf('eth0', DEVICES)).toEqual({ received: 98_765_432_109, sent: 12_345_678_901 });
    expect(bytesOf('wlan0', DEVICES)).toEqual({ received: 1, sent: 3 });
  });

  it('are not known of an interface that is not there, or of another kind of table', () => {
    expect(bytesOf('eth', DEVICES)).toBeNull();
    expect(bytesOf('face |bytes', DEVICES)).toBeNull();
    expect(bytesOf('eth0', '')).toBeNull();
    expect(bytesOf('eth0', 'eth0: 1 2 3\n')).toBeNull();
    expect(bytesOf('eth0', 'eth0: -1 0 0 0 0 0 0 0 1e9 0 0 0 0 0 0 0\n')).toBeNull();
  });
});

describe('the signal', () => {
  it('is the level in dBm', () => {
    expect(signalOf('wlan0', WIRELESS)).toBe(-56);
  });

  it("is not known of a cable, of a driver's own scale, of no level at all", () => {
    expect(signalOf('eth0', WIRELESS)).toBeNull();
    expect(signalOf('wlan1', WIRELESS)).toBeNull();
    expect(signalOf('wlan2', WIRELESS)).toBeNull();
    expect(signalOf('wlan0', 'wlan0: 0000\n')).toBeNull();
  });
});
