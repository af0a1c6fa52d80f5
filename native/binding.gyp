# raw-socket's and ioctl's sources, which sources.js puts into src/, against pingem's own nan: those two by themselves bring
# a nan that is too old for Node 24. They link to no library of Node's: Debian's node-gyp would add that of Debian's Node,
# which then comes into the process of another.
{
  'target_defaults': {
    'include_dirs': ["<!(node -e \"require('nan')\")"],
    'ldflags': ['-s'],
  },
  'targets': [
    { 'target_name': 'raw', 'sources': ['src/raw.cc'], 'libraries!': ['-lnode'] },
    { 'target_name': 'ioctl', 'sources': ['src/ioctl.cpp'], 'libraries!': ['-lnode'] },
  ],
}
