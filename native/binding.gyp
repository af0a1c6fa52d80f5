# raw-socket's and ioctl's sources, which packaging/collect-native.ts puts into src/, against pingem's own nan. In an
# installed package npm's overrides don't count, and those two by themselves bring a nan that is too old for Node 24.
{
  'target_defaults': {
    'include_dirs': ["<!(node -e \"require('nan')\")"],
    'ldflags': ['-s'],
  },
  'targets': [
    { 'target_name': 'raw', 'sources': ['src/raw.cc'] },
    { 'target_name': 'ioctl', 'sources': ['src/ioctl.cpp'] },
  ],
}
