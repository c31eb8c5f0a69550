// Values for a network's tensors from a formula: the same here and in tests/reference/network_values.py.
import type { Examples } from '../../src/core/laboratory/networks/segment-reader.ts';
import type { ExampleShape, NetworkTrainer, NetworkValues } from '../../src/core/nn/tfjs/network/network-trainer.ts';
import { noise } from '../reference/signals.ts';

/** @param shapes of all tensors, running ones too, as the reference lists them */
export function valuesFor(shapes: Readonly<Record<string, readonly number[]>>): NetworkValues {
  return new Map(Object.entries(shapes).map(([name, shape], place) => [name, tensorValues(name, shape, place)]));
}

function tensorValues(name: string, shape: readonly number[], place: number): Float32Array {
  const each = noise(
    shape.reduce((a, b) => a * b, 1),
    1000 + place,
  );
  const last = name.split('.').at(-1)!;
  if (last === 'kernel' || last === 'depthwise') {
    const inputs = last === 'depthwise' ? shape.slice(0, 2) : shape.slice(0, -1);
    const scale = Math.sqrt(3 / inputs.reduce((a, b) => a * b, 1));
    return Float32Array.from(each, (v) => scale * v);
  }
  if (last === 'variance') return Float32Array.from(each, (v) => 1 + 0.5 * v);
  if (last === 'gamma') return Float32Array.from(each, (v) => 1 + 0.3 * v);
  return Float32Array.from(each, (v) => 0.1 * v);
}

/** Float32Array [n x height x width x channels], 0..1. */
export function examplesFor(n: number, shape: readonly number[], seed = 7): Float32Array {
  const size = shape.reduce((a, b) => a * b, n);
  return Float32Array.from(noise(size, seed), (v) => 0.5 + 0.5 * v);
}

/** The shapes that a network made, running ones left out, as a plain object. */
export function trainedShapes(trainer: NetworkTrainer): Record<string, readonly number[]> {
  return Object.fromEntries(trainer.shapes);
}

/** Examples [n x shape] as a training reads them. */
export function examplesInMemory(all: Float32Array, shape: ExampleShape): Examples {
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    shape,
    async read(places) {
      const some = new Float32Array(places.length * size);
      for (const [i, place] of places.entries()) some.set(all.subarray(place * size, (place + 1) * size), i * size);
      return some;
    },
  };
}
