// Which labels look wrong: confident learning (Northcutt, Jiang and Chuang, "Confident learning", JAIR 2021) on probabilities from
// folds that had not seen the track. Ranked by self-confidence, the label quality that finds most planted errors here.

export interface Doubt {
  row: number;
  /** The class that the other labels make it. */
  suggested: number;
  givenProbability: number;
  suggestedProbability: number;
  /** The suggested class is as sure as that class's own labels usually are (it counts in the confident joint off its diagonal). */
  isConfident: boolean;
}

/**
 * t_j: mean probability of class j over the tracks labelled j (section 3.1, equation 2); 1 for a class without labels.
 * @param classes Int32Array [n], 0..nGenres - 1
 * @param probabilities Float32Array [n x nGenres]
 */
export function classThresholds(classes: Int32Array, probabilities: Float32Array, nGenres: number): Float64Array {
  const sums = new Float64Array(nGenres);
  const counts = new Float64Array(nGenres);
  for (const [i, c] of classes.entries()) {
    sums[c] = sums[c]! + probabilities[i * nGenres + c]!;
    counts[c] = counts[c]! + 1;
  }
  return sums.map((sum, c) => (counts[c]! > 0 ? sum / counts[c]! : 1));
}

/**
 * The confident joint (equation 1): counts of tracks labelled i that are confidently j, Float64Array [nGenres x nGenres].
 * A track that reaches several thresholds counts for its likeliest class; one that reaches none does not count.
 */
export function confidentJoint(classes: Int32Array, probabilities: Float32Array, nGenres: number): Float64Array {
  const thresholds = classThresholds(classes, probabilities, nGenres);
  const joint = new Float64Array(nGenres * nGenres);
  for (const [i, given] of classes.entries()) {
    const row = probabilities.subarray(i * nGenres, (i + 1) * nGenres);
    const confident = likeliest(row, (c) => row[c]! >= thresholds[c]!);
    if (confident >= 0) joint[given * nGenres + confident] = joint[given * nGenres + confident]! + 1;
  }
  return joint;
}

/** Labels that another class beats, least self-confident first. Rows without probabilities (NaN) are passed over. */
export function labelDoubts(classes: Int32Array, probabilities: Float32Array, nGenres: number): Doubt[] {
  const tested = [...classes.keys()].filter((i) => !Number.isNaN(probabilities[i * nGenres]!));
  const thresholds = classThresholds(
    Int32Array.from(tested, (i) => classes[i]!),
    Float32Array.from(tested.flatMap((i) => [...probabilities.subarray(i * nGenres, (i + 1) * nGenres)])),
    nGenres,
  );
  const doubts: Doubt[] = [];
  for (const row of tested) {
    const given = classes[row]!;
    const p = probabilities.subarray(row * nGenres, (row + 1) * nGenres);
    const suggested = likeliest(p, (c) => c !== given);
    if (suggested < 0 || p[suggested]! <= p[given]!) continue;
    const isConfident = p[suggested]! >= thresholds[suggested]!;
    doubts.push({ row, suggested, givenProbability: p[given]!, suggestedProbability: p[suggested]!, isConfident });
  }
  return doubts.sort(
    (a, b) => a.givenProbability - b.givenProbability || b.suggestedProbability - a.suggestedProbability || a.row - b.row,
  );
}

function likeliest(row: Float32Array, isAllowed: (c: number) => boolean): number {
  let best = -1;
  for (let c = 0; c < row.length; c++) if (isAllowed(c) && (best < 0 || row[c]! > row[best]!)) best = c;
  return best;
}
