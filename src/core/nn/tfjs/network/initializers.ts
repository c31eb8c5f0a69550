// What a network's tensors begin as. The same seed and name give the same numbers on every machine, whatever else the network holds.

/** A seeded source of chance: the same seed gives the same numbers on every machine. Handed in, because this room has none of its own. */
export type Chance = (seed: number) => { next(): number };

export type Initializer = 'zeros' | 'ones' | 'glorotUniform' | 'heNormal' | 'heUniform' | 'orthogonal';

/** Float32Array of this shape, whose last axis counts outputs and the one before it inputs. */
export function initialValues(
  kind: Initializer,
  shape: readonly number[],
  name: string,
  seed: number,
  chance: Chance,
): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1);
  if (kind === 'zeros') return new Float32Array(size);
  if (kind === 'ones') return new Float32Array(size).fill(1);
  const random = chance(seedOf(name, seed));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  if (kind === 'orthogonal') return orthogonal(shape, normal);
  const { fanIn, fanOut } = fansOf(shape);
  const deviation = Math.sqrt(2 / fanIn);
  if (kind === 'heNormal') return Float32Array.from({ length: size }, () => deviation * normal());
  // Glorot and Bengio 2010, equation 16; He et al. 2015, equation 10.
  const limit = kind === 'glorotUniform' ? Math.sqrt(6 / (fanIn + fanOut)) : Math.sqrt(6 / fanIn);
  return Float32Array.from({ length: size }, () => limit * (2 * random.next() - 1));
}

/** A number from a name and a seed (FNV-1a). */
export function seedOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** How many inputs an output has, and outputs an input; a filter's taps count. */
function fansOf(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const taps = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return { fanIn: taps * shape.at(-2)!, fanOut: taps * shape.at(-1)! };
}

/** Rows or columns, whichever are fewer, at right angles and of length one (Saxe et al. 2014), by Gram and Schmidt. */
function orthogonal(shape: readonly number[], draw: () => number): Float32Array {
  const [nRows, nColumns] = [shape[0]!, shape[1]!];
  const [n, length] = [Math.min(nRows, nColumns), Math.max(nRows, nColumns)];
  const vectors: Float64Array[] = [];
  while (vectors.length < n) {
    const fresh = Float64Array.from({ length }, draw);
    for (const known of vectors) {
      const along = fresh.reduce((sum, value, i) => sum + value * known[i]!, 0);
      for (let i = 0; i < length; i++) fresh[i] = fresh[i]! - along * known[i]!;
    }
    const norm = Math.hypot(...fresh);
    if (norm > 1e-6) vectors.push(fresh.map((value) => value / norm));
  }
  return Float32Array.from({ length: nRows * nColumns }, (_, at) => {
    const [row, column] = [Math.floor(at / nColumns), at % nColumns];
    return nRows <= nColumns ? vectors[row]![column]! : vectors[column]![row]!;
  });
}
