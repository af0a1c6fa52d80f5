// The file is moved away and the program told by SIGUSR2, as logrotate does it without copytruncate.

import type { Fault } from '../fault.js';

export const recordRotated: Fault = {
  name: 'record rotated',
  lane: 'record',
  lasts: [0, 0],
  inflict: ({ record, subject }) => {
    if (record.there) record.rotate();
    if (subject.pid !== null) process.kill(subject.pid, 'SIGUSR2');
    return Promise.resolve();
  },
};
