// rm: noticed within two seconds, and what was written until then went with the file.

import type { Fault } from '../fault.js';

export const recordRemoved: Fault = {
  name: 'record removed',
  lane: 'record',
  lasts: [0, 0],
  inflict: ({ record }) => {
    if (record.there) record.remove();
    return Promise.resolve();
  },
};
