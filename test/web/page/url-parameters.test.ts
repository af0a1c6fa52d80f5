import { describe, expect, test } from 'vitest';
import { parsePageParameters, withoutToken } from '../../../src/web/page/input/url-parameters.js';

describe('the address of the page', () => {
  test('as people know it', () => {
    expect(parsePageParameters('?token=abc&endpoints=192.168.1.1,8.8.8.8&interval=0.1&packet_size=64&epoch=5')).toEqual(
      {
        watch: { endpoints: '192.168.1.1,8.8.8.8', interval: '0.1', packet_size: '64' },
        epoch: 5000,
        problem: null,
      },
    );
  });

  test('the command line’s grammar, as often as wanted', () => {
    const { watch } = parsePageParameters('?endpoint=gw%3D10.0.0.1,interval%3D0.5&endpoint=b');
    expect(watch).toEqual({ endpoint: ['gw=10.0.0.1,interval=0.5', 'b'] });
  });

  test('nothing asked for', () => {
    expect(parsePageParameters('')).toEqual({ watch: null, epoch: null, problem: null });
  });

  test.each([
    ['10', 10_000],
    ['1m', 60_000],
    ['1.5s', 1500],
    ['2000ms', 2000],
    ['1d', 86_400_000],
  ])('epoch=%s', (text, epoch) => {
    expect(parsePageParameters(`?epoch=${text}`)).toMatchObject({ epoch, problem: null });
  });

  test.each(['0', '0.5', '2d', 'five', '-1', '1e3', '', '5 5'])('epoch=%s is said to be wrong', (text) => {
    const { epoch, problem } = parsePageParameters(`?epoch=${encodeURIComponent(text)}`);
    expect(epoch).toBeNull();
    expect(problem).toContain('epoch= takes seconds');
  });

  test('an unknown parameter, and settings of nobody, are said to be wrong', () => {
    expect(parsePageParameters('?endpoint_s=1').problem).toContain('endpoint_s=');
    expect(parsePageParameters('?interval=0.1').problem).toContain('give endpoints=');
    expect(parsePageParameters(`?${'x'.repeat(5000)}=1`).problem?.length).toBeLessThan(200);
  });

  test('the token goes out of the address, and nothing else', () => {
    expect(withoutToken('http://127.0.0.1:7464/?token=abc&endpoints=a,b&epoch=5')).toBe('/?endpoints=a,b&epoch=5');
    expect(withoutToken('http://127.0.0.1:7464/?token=abc')).toBe('/');
    expect(withoutToken('http://127.0.0.1:7464/?endpoint=a%3D1%26')).toBe('/?endpoint=a%3D1%26');
  });
});
