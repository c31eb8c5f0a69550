// Seven numbers for the course of a value over time, as in the FMA dataset's features (Defferrard et al. 2017): scipy's biased skew and
// excess kurtosis, numpy's population deviation and median.

export const STATISTICS = ['mean', 'std', 'skew', 'kurtosis', 'median', 'min', 'max'] as const;

/** A spread this far below the values' size is rounding, not movement: skew and kurtosis are then 0. */
const FLAT = 1e-7;

/**
 * @param values Float64Array [n], at least one; sorted in place
 * @returns in the order of STATISTICS; all finite
 */
export function statistics(values: Float64Array): number[] {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let [second, third, fourth] = [0, 0, 0];
  for (const value of values) {
    const difference = value - mean;
    const square = difference * difference;
    second += square;
    third += square * difference;
    fourth += square * square;
  }
  const variance = second / n;
  values.sort();
  const [min, max] = [values[0]!, values[n - 1]!];
  const isFlat = Math.sqrt(variance) <= FLAT * Math.max(Math.abs(min), Math.abs(max));
  const skew = isFlat ? 0 : third / n / variance ** 1.5;
  const kurtosis = isFlat ? 0 : fourth / n / variance ** 2 - 3;
  const median = (values[(n - 1) >> 1]! + values[n >> 1]!) / 2;
  return [mean, Math.sqrt(variance), skew, kurtosis, median, min, max];
}
