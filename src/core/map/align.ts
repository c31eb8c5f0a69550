// A new map turned so that it lies like the former one, and a person finds the way about.

/**
 * Orthogonal Procrustes (Schoenemann 1966; in the plane it has a closed form) over the tracks that both maps have: translation, rotation
 * and, where that fits better, a reflection by least squares. The scale gives the common tracks the spread they had, because the one
 * of least squares would shrink a map that fits badly. With fewer than two common places the map stays as it is.
 * @param previous former place of each track
 * @param ids tracks of the new map, [n]
 * @param positions Float32Array [2 n]
 * @returns Float32Array [2 n]
 */
export function alignTo(
  previous: ReadonlyMap<number, readonly [number, number]>,
  ids: ArrayLike<number>,
  positions: Float32Array,
): Float32Array {
  const common = Array.from(ids).flatMap((id, i) => {
    const place = previous.get(id);
    return place ? [{ from: [positions[2 * i]!, positions[2 * i + 1]!] as const, to: place }] : [];
  });
  const fromMean = meanOf(common.map(({ from }) => from));
  const toMean = meanOf(common.map(({ to }) => to));
  // Places as complex numbers: [cos, sin] sums of to times conjugate from, and of to times from mirrored.
  let [turnX, turnY, mirrorX, mirrorY, fromSpread, toSpread] = [0, 0, 0, 0, 0, 0];
  for (const { from, to } of common) {
    const [x, y] = [from[0] - fromMean[0], from[1] - fromMean[1]];
    const [u, v] = [to[0] - toMean[0], to[1] - toMean[1]];
    turnX += u * x + v * y;
    turnY += v * x - u * y;
    mirrorX += u * x - v * y;
    mirrorY += v * x + u * y;
    fromSpread += x * x + y * y;
    toSpread += u * u + v * v;
  }
  if (fromSpread === 0 || toSpread === 0) return positions.slice();
  const isMirrored = Math.hypot(mirrorX, mirrorY) > Math.hypot(turnX, turnY);
  const angle = isMirrored ? Math.atan2(mirrorY, mirrorX) : Math.atan2(turnY, turnX);
  const scale = Math.sqrt(toSpread / fromSpread);
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const aligned = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i]! - fromMean[0];
    const y = (positions[i + 1]! - fromMean[1]) * (isMirrored ? -1 : 1);
    aligned[i] = toMean[0] + cos * x - sin * y;
    aligned[i + 1] = toMean[1] + sin * x + cos * y;
  }
  return aligned;
}

function meanOf(places: readonly (readonly [number, number])[]): [number, number] {
  const n = Math.max(1, places.length);
  return [places.reduce((sum, [x]) => sum + x, 0) / n, places.reduce((sum, [, y]) => sum + y, 0) / n];
}
