// The host of an endpoint: a name, an IPv4 or IPv6 address. What can't be probed is refused before a socket is opened;
// whether a name resolves is no matter of arguments, the network may be down.

import { isIP, isIPv6, SocketAddress } from 'node:net';
import { networkInterfaces } from 'node:os';
import { domainToASCII } from 'node:url';
import { UsageError } from '../arguments/usage-error.js';

/** @throws UsageError if `host` is no host name (and no address: those go to `checkAddress`) */
export const checkHostName = (host: string): void => {
  if (/^[a-z]+:\/\//i.test(host)) {
    const inside = /^[a-z]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(host)?.[1] ?? '';
    throw new UsageError(`"${host}" is a URL: give only its host, ${inside === '' ? 'such as example.org' : inside}`);
  }
  const [address = '', prefix = ''] = host.split('/');
  if (isIP(address) !== 0 && /^\d+$/.test(prefix)) {
    throw new UsageError(`"${host}" is a network: give the address of one host in it, such as ${hostIn(address)}`);
  }
  if (host.includes(':')) throw new UsageError(`"${host}" is no IPv6 address (such as 2001:db8::1) and no host name`);
  // inet_aton's short and octal forms are refused as well: 8.8 or 010.1.1.1 mostly mean a slip of the finger.
  if (/^[\d.]+$/.test(host)) {
    throw new UsageError(`"${host}" is no IPv4 address: it takes four numbers from 0 to 255, such as 192.168.1.1`);
  }
  // What a URL would end the host at, domainToASCII leaves off without a word.
  const ascii = /[/\\?#@]/.test(host) ? '' : domainToASCII(host.replace(/\.$/, ''));
  // RFC 1123, section 2.1; underscores stand in many local names.
  const wellFormed =
    ascii.length <= 253 && ascii.split('.').every((part) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i.test(part));
  if (!wellFormed) throw new UsageError(`"${host}" is no host name and no address: give a name such as example.org`);
};

/** @throws UsageError if `address`, a literal one of that family, is not that of one host */
export const checkAddress = (address: string, family: 4 | 6): void => {
  const zoneless = address.replace(/%.*$/, '');
  const key = addressKey(address, family);
  if (family === 4) {
    const first = Number(address.split('.')[0]);
    if (first >= 224 && first <= 239) throw refused(address, 'a multicast address');
    if (address === '255.255.255.255' || interfaceBroadcasts().has(address))
      throw refused(address, 'a broadcast address');
    if (first === 0) throw refused(address, 'the address of no host');
    return;
  }
  if (/^ff/i.test(key)) throw refused(address, 'a multicast address');
  if (/^:?:0?$/.test(key) || /^::ffff:/i.test(key)) throw refused(address, 'not the address of an IPv6 host');
  if (/^fe[89ab]/i.test(key) && zoneless === address) {
    const zone = Object.keys(networkInterfaces()).find((name) => name !== 'lo') ?? 'eth0';
    throw new UsageError(`${address} is link-local: say on which interface, such as ${address}%${zone}`);
  }
};

/** The first host of a network, as far as it can be told from how the network is written. */
const hostIn = (network: string): string => network.replace(/(?<=\.)0$|(?<=::)$/, '1');

const refused = (address: string, what: string): UsageError =>
  new UsageError(`${address} is ${what}: give the address of one host, such as 192.168.1.1`);

/** The directed broadcast addresses of this host's own networks. */
const interfaceBroadcasts = (): ReadonlySet<string> => {
  const broadcasts = new Set<string>();
  for (const entries of Object.values(networkInterfaces())) {
    for (const { family, address, netmask } of entries ?? []) {
      // On /31 and /32 the last address is a host's (RFC 3021).
      if (family !== 'IPv4' || netmask === '255.255.255.255' || netmask === '255.255.255.254') continue;
      const mask = netmask.split('.').map(Number);
      const bytes = address.split('.').map((byte, i) => Number(byte) | (~(mask[i] ?? 255) & 255));
      broadcasts.add(bytes.join('.'));
    }
  }
  return broadcasts;
};

/** The same for two spellings of one host name or address (RFC 5952), and for no others; a zone is part of it. */
export const hostKey = (host: string): string => {
  // @gateway and its like, which no host name can be.
  if (host.startsWith('@')) return host;
  const family = isIP(host);
  return family === 0 ? domainToASCII(host.replace(/\.$/, '')).toLowerCase() : addressKey(host, family === 4 ? 4 : 6);
};

/** The one canonical text of an address (RFC 5952), with its zone. */
const addressKey = (address: string, family: 4 | 6): string => {
  if (family === 4) return address;
  const [bare = '', zone = ''] = address.split('%');
  const { address: canonical } = new SocketAddress({ address: bare, family: 'ipv6' });
  return isIPv6(canonical) && zone !== '' ? `${canonical}%${zone}` : canonical;
};
