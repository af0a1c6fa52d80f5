// The line for a user without privileges: it says exactly what to type.

import { describe, expect, it } from 'vitest';
import { explain, sudoCommand } from '../../src/cli/process/explain.js';

describe('what to type', () => {
  const here = `${process.cwd()}/bin/pingem`;

  it.each([
    ['/usr/bin/pingem', '/usr/bin/node', 'sudo pingem gw=10.0.0.1 -i 0.1'],
    ['/usr/local/bin/pingem', '/usr/local/bin/node', 'sudo /usr/local/bin/pingem gw=10.0.0.1 -i 0.1'],
    [here, '/usr/bin/node', 'sudo bin/pingem gw=10.0.0.1 -i 0.1'],
    [here, '/home/me/.nvm/bin/node', 'sudo env "PATH=$PATH" bin/pingem gw=10.0.0.1 -i 0.1'],
    ['/opt/pingem/pingem', null, 'sudo /opt/pingem/pingem gw=10.0.0.1 -i 0.1'],
    ['/opt/pingem/bin/pingem', '/usr/bin/node', 'sudo /opt/pingem/bin/pingem gw=10.0.0.1 -i 0.1'],
  ])('for %s under %s', (script, node, command) => {
    expect(sudoCommand(['gw=10.0.0.1', '-i', '0.1'], script, node)).toBe(command);
  });

  it('is quoted for the shell', () => {
    expect(sudoCommand(['my gateway=10.0.0.1'], '/usr/bin/pingem', '/usr/bin/node')).toBe(
      "sudo pingem 'my gateway=10.0.0.1'",
    );
  });

  it('follows what was wrong', () => {
    const error = Object.assign(new Error('no permission'), { exitStatus: 2, code: 'EPERM' });
    expect(explain(error, ['::1'])).toMatch(/^no permission; type: sudo .* ::1$/);
    expect(explain(Object.assign(new Error('a'), { exitStatus: 2, hint: 'b' }), [])).toBe('a: b');
  });
});
