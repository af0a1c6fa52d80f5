// logrotate's copytruncate, `: > file`.

import type { Fault } from '../fault.js';

export const recordTruncated: Fault = {
  name: 'record truncated',
  lane: 'record',
  lasts: [0, 0],
  inflict: ({ record }) => {
    if (record.there) record.truncate();
    return Promise.resolve();
  },
};
