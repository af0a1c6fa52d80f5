// A program that sends echo replies of somebody else's at a steady rate, as another monitor on the same host would hear
// them:   node flood.js ADDRESS PER_SECOND [SOURCE [IDENTIFIER]]
// Every raw ICMP socket of the namespace gets a copy of each. With the identifier of a program that probes SOURCE they are
// impostors, to be told by their payload alone. Prints "ready" when it starts; ends when its stdin closes,
// and then says on stdout how many it sent.

import { icmpMessage, ipv4Packet, seal } from './icmp-wire.js';
import { openRawIcmp } from './raw-icmp.js';

const FOREIGN_ID = 0x0bad;
const [address = '127.0.0.1', perSecond = '20000', source = address, id = String(FOREIGN_ID)] = process.argv.slice(2);
const rate = Number(perSecond) / 1000;
const socket = openRawIcmp(4, () => {});
const payload = Buffer.alloc(56, 0x61);

const packets = Array.from({ length: 256 }, (_, seq) => {
  const message = icmpMessage(0, 0, Number(id) * 0x1_0000 + seq, payload);
  return ipv4Packet(source, address, seal(4, message, source, address, false));
});

const started = performance.now();
let next = 0;
let sent = 0;
const timer = setInterval(() => {
  // What is due by now, but never more than 20 ms' worth in one go.
  const due = Math.min(next + 20 * rate, (performance.now() - started) * rate);
  for (; next < due; next++) {
    try {
      socket.send(packets[next % packets.length] ?? Buffer.alloc(0), address);
      sent++;
    } catch {
      // The address is gone for the moment; what is due meanwhile is not sent later.
    }
  }
}, 1);

process.stdin
  .on('end', () => {
    clearInterval(timer);
    process.stdout.write(`${sent} in ${Math.round(performance.now() - started)} ms\n`, () => process.exit(0));
  })
  .resume();
process.stdout.write('ready\n');
