// Chance for simulations, the same for the same seed.

export type Random = {
  /** 0 to 1. */
  uniform: () => number;
  /** Mean 0, deviation 1. */
  gauss: () => number;
};

/** mulberry32, and Box and Muller's transform. */
export const randomFrom = (seed: number): Random => {
  let a = Math.imul(seed, 0x9e3779b1) >>> 0;
  const uniform = (): number => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  let spare: number | null = null;
  const gauss = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, gauss };
};
