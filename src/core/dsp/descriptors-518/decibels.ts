// librosa's power_to_db with its defaults: 10 log10, nothing below 1e-10, nothing more than 80 dB below the loudest.

const MIN_POWER = 1e-10;
const RANGE_DB = 80;

export function toDb(power: number): number {
  return 10 * Math.log10(Math.max(MIN_POWER, power));
}

/** What lower values are raised to. */
export function lowestDb(db: Float64Array): number {
  let loudest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < db.length; i++) if (db[i]! > loudest) loudest = db[i]!;
  return loudest - RANGE_DB;
}
