// How far neighbours share a genre: on a map, and in the space it was drawn from.

/** Nearest labelled neighbours that are looked at. */
export const PURITY_NEIGHBOURS = 5;
/** Labelled tracks that are measured at most; more change the figure in the third place. */
export const MAX_PURITY_TRACKS = 3000;

/**
 * Share of each point's nearest neighbours that have its class, mean over the points; ties by place. A point of a small class looks at as
 * many neighbours as there are others in it, and one that is alone in its class is left out: so 1 can be reached.
 * @param points Float32Array [n x size]
 * @param classes Int32Array [n]
 * @returns 0..1; NaN where no class has two points
 */
export function genrePurity(points: Float32Array, size: number, classes: Int32Array, nNeighbours = PURITY_NEIGHBOURS): number {
  const n = classes.length;
  const counts = new Map<number, number>();
  for (const label of classes) counts.set(label, (counts.get(label) ?? 0) + 1);
  let [sum, nMeasured] = [0, 0];
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const k = Math.min(nNeighbours, counts.get(classes[i]!)! - 1);
    if (k === 0) continue;
    for (let j = 0; j < n; j++) distances[j] = j === i ? Infinity : squaredDistance(points, size, i, j);
    sum += smallest(distances, k).filter((j) => classes[j] === classes[i]).length / k;
    nMeasured++;
  }
  return nMeasured === 0 ? Number.NaN : sum / nMeasured;
}

function squaredDistance(points: Float32Array, size: number, i: number, j: number): number {
  let sum = 0;
  for (let d = 0; d < size; d++) {
    const difference = points[i * size + d]! - points[j * size + d]!;
    sum += difference * difference;
  }
  return sum;
}

/** Places of the k smallest values. */
function smallest(values: Float64Array, k: number): number[] {
  const places: number[] = [];
  for (let j = 0; j < values.length; j++) {
    const last = places.at(-1);
    if (places.length === k && values[j]! >= values[last!]!) continue;
    let at = places.length;
    while (at > 0 && values[places[at - 1]!]! > values[j]!) at--;
    places.splice(at, 0, j);
    if (places.length > k) places.pop();
  }
  return places;
}
