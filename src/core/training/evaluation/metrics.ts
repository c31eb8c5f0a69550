// Figures of guesses against labels: accuracy, F1, confusion, calibration.

/** What a verdict without any probability guesses: always wrong. */
export const NO_GUESS = -1;
export const N_CALIBRATION_BINS = 15;
/** 97.5 % quantile of the normal distribution: a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

export interface ClassScores {
  /** Tracks with this label. */
  nTracks: number;
  precision: number;
  recall: number;
  f1: number;
}

export interface ReliabilityBin {
  /** Mean confidence of the bin's guesses. */
  confidence: number;
  accuracy: number;
  n: number;
}

/** Likeliest genre of each row, Int32Array [n]; of equals the first, NO_GUESS where nothing is above 0. */
export function guessesOf(probabilities: Float32Array, nGenres: number): Int32Array {
  const guesses = new Int32Array(probabilities.length / nGenres).fill(NO_GUESS);
  for (let i = 0; i < guesses.length; i++) {
    let largest = 0;
    for (let c = 0; c < nGenres; c++) {
      const value = probabilities[i * nGenres + c]!;
      if (value > largest) {
        largest = value;
        guesses[i] = c;
      }
    }
  }
  return guesses;
}

/** Confidence of each row's guess, Float64Array [n]. */
export function confidencesOf(probabilities: Float32Array, nGenres: number): Float64Array {
  const guesses = guessesOf(probabilities, nGenres);
  return Float64Array.from(guesses, (guess, i) => (guess === NO_GUESS ? 0 : probabilities[i * nGenres + guess]!));
}

/** Share of right guesses; 0 of nothing. */
export function accuracyOf(classes: Int32Array, guesses: Int32Array): number {
  let nRight = 0;
  for (let i = 0; i < classes.length; i++) if (classes[i] === guesses[i]) nRight++;
  return classes.length === 0 ? 0 : nRight / classes.length;
}

/** [label][guess], counts. */
export function confusionMatrix(classes: Int32Array, guesses: Int32Array, nGenres: number): number[][] {
  const counts = Array.from({ length: nGenres }, () => new Array<number>(nGenres).fill(0));
  for (const [i, label] of classes.entries()) {
    const guess = guesses[i]!;
    if (guess !== NO_GUESS) counts[label]![guess] = counts[label]![guess]! + 1;
  }
  return counts;
}

/** Precision, recall and F1 of every class; what would divide by nothing is 0. */
export function classScores(classes: Int32Array, guesses: Int32Array, nGenres: number): ClassScores[] {
  const [nRight, nGuessed, nLabelled] = [new Float64Array(nGenres), new Float64Array(nGenres), new Float64Array(nGenres)];
  for (const [i, label] of classes.entries()) {
    const guess = guesses[i]!;
    nLabelled[label] = nLabelled[label]! + 1;
    if (guess !== NO_GUESS) nGuessed[guess] = nGuessed[guess]! + 1;
    if (guess === label) nRight[label] = nRight[label]! + 1;
  }
  return Array.from(nLabelled, (nTracks, c) => {
    const right = nRight[c]!;
    return {
      nTracks,
      precision: nGuessed[c]! > 0 ? right / nGuessed[c]! : 0,
      recall: nTracks > 0 ? right / nTracks : 0,
      f1: right > 0 ? (2 * right) / (nGuessed[c]! + nTracks) : 0,
    };
  });
}

/** Mean F1 of the classes that have labelled tracks. */
export function macroF1Of(classes: Int32Array, guesses: Int32Array, nGenres: number): number {
  const present = classScores(classes, guesses, nGenres).filter((scores) => scores.nTracks > 0);
  return present.length === 0 ? 0 : present.reduce((sum, scores) => sum + scores.f1, 0) / present.length;
}

/** Guesses by confidence in bins (i / 15, (i + 1) / 15]; empty bins are left out. Guo et al., "On calibration of modern neural networks", ICML 2017. */
export function reliabilityBins(confidences: Float64Array, isRight: (index: number) => boolean): ReliabilityBin[] {
  const bins = Array.from({ length: N_CALIBRATION_BINS }, () => ({ confidence: 0, accuracy: 0, n: 0 }));
  for (const [i, confidence] of confidences.entries()) {
    const bin = bins[Math.min(N_CALIBRATION_BINS - 1, Math.max(0, Math.ceil(confidence * N_CALIBRATION_BINS) - 1))]!;
    bin.confidence += confidence;
    bin.accuracy += isRight(i) ? 1 : 0;
    bin.n++;
  }
  return bins
    .filter((bin) => bin.n > 0)
    .map(({ confidence, accuracy, n }) => ({ confidence: confidence / n, accuracy: accuracy / n, n }));
}

/** Expected calibration error (Guo et al. 2017, eq. 3), 0..1. */
export function calibrationErrorOf(bins: readonly ReliabilityBin[]): number {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  return n === 0 ? 0 : bins.reduce((sum, bin) => sum + bin.n * Math.abs(bin.accuracy - bin.confidence), 0) / n;
}

/** Wilson score interval of a share of n, 95 % (Wilson 1927). */
export function wilsonInterval(share: number, n: number): { low: number; high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const z2 = Z_95 * Z_95;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z_95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
