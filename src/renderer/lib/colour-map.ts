// The spectrogram's colours: magma, whose lightness rises evenly, so equal steps in dB look equal.

/** Polynomial fit of matplotlib's magma in sRGB, lowest degree first (fit by Matt Zucker, public domain). */
const MAGMA = [
  [-0.002136485, -0.000749655, -0.005386128],
  [0.25166054, 0.677523244, 2.4940266],
  [8.353717279, -3.577719515, 0.314467903],
  [-27.66873309, 14.26473078, -13.64921319],
  [52.17613981, -27.94360607, 12.94416944],
  [-50.76852536, 29.04658283, 4.234152994],
  [18.65570507, -11.48977352, -5.601961509],
] as const;

/** Uint32 [256]: one RGBA pixel (little-endian ABGR) for each byte of level. */
export function magmaPixels(): Uint32Array {
  const pixels = new Uint32Array(256);
  for (let level = 0; level < 256; level++) {
    const [red, green, blue] = magma(level / 255);
    pixels[level] = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }
  return pixels;
}

/** Bytes of red, green, blue for a level 0..1. */
export function magma(level: number): [number, number, number] {
  const channel = (index: 0 | 1 | 2): number => {
    let value = 0;
    for (let degree = MAGMA.length - 1; degree >= 0; degree--) value = value * level + MAGMA[degree]![index];
    return Math.round(Math.min(1, Math.max(0, value)) * 255);
  };
  return [channel(0), channel(1), channel(2)];
}
