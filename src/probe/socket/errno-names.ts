// raw-socket throws the system's words for an error and not its number. Words of glibc, musl and macOS, for what
// sending and opening a raw socket can run into.

const NAMES: Readonly<Record<string, string>> = {
  'operation not permitted': 'EPERM',
  'permission denied': 'EACCES',
  'network is unreachable': 'ENETUNREACH',
  'network unreachable': 'ENETUNREACH',
  'no route to host': 'EHOSTUNREACH',
  'host is unreachable': 'EHOSTUNREACH',
  'network is down': 'ENETDOWN',
  'host is down': 'EHOSTDOWN',
  'no buffer space available': 'ENOBUFS',
  'cannot assign requested address': 'EADDRNOTAVAIL',
  "can't assign requested address": 'EADDRNOTAVAIL',
  'address not available': 'EADDRNOTAVAIL',
  'address family not supported by protocol': 'EAFNOSUPPORT',
  'address family not supported by protocol family': 'EAFNOSUPPORT',
  'protocol not supported': 'EPROTONOSUPPORT',
  'message too long': 'EMSGSIZE',
  'message too large': 'EMSGSIZE',
  'resource temporarily unavailable': 'EAGAIN',
  'invalid argument': 'EINVAL',
  'no such device': 'ENODEV',
  'no such device or address': 'ENXIO',
  'cannot allocate memory': 'ENOMEM',
  'out of memory': 'ENOMEM',
  'connection refused': 'ECONNREFUSED',
  'protocol error': 'EPROTO',
  'protocol not available': 'ENOPROTOOPT',
  'no data available': 'ENODATA',
  'interrupted system call': 'EINTR',
  'input/output error': 'EIO',
  'i/o error': 'EIO',
  'too many open files': 'EMFILE',
  'no file descriptors available': 'EMFILE',
  'too many open files in system': 'ENFILE',
  'bad file descriptor': 'EBADF',
};

/** The errno name for such an error, or its own words where they are not known here. */
export const errnoName = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return NAMES[text.toLowerCase()] ?? text;
};
