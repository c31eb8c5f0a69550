// The Camelot wheel: the 24 keys as hours 1A..12A (minor) and 1B..12B (major), a fifth up being one hour on. Neighbours on the
// wheel share all notes but one, so they mix.

const TONICS = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const;

export interface CamelotKey {
  /** 1..12 */
  hour: number;
  isMinor: boolean;
}

/** Every key as the library stores it ("A minor"), with its place on the wheel ("8A"), in the wheel's order. */
export const CAMELOT_BY_KEY: ReadonlyMap<string, string> = new Map(
  TONICS.flatMap((tonic, t): [string, string][] => [
    [`${tonic} major`, `${hourOfMajor(t)}B`],
    [`${tonic} minor`, `${hourOfMajor(t + 3)}A`],
  ]).sort(([, a], [, b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1)),
);

/** A fifth is seven semitones; C major is 8B. */
function hourOfMajor(semitones: number): number {
  return ((7 * semitones + 7) % 12) + 1;
}

const PLACES: ReadonlyMap<string, CamelotKey> = new Map(
  [...CAMELOT_BY_KEY].map(([key, name]) => [key, { hour: Number.parseInt(name, 10), isMinor: name.endsWith('A') }]),
);

/** @param key "A minor" @returns null for an unknown key */
export function camelotOf(key: string | null): CamelotKey | null {
  return key === null ? null : (PLACES.get(key) ?? null);
}

/** Places in the wheel's order: 1A, 1B, 2A ...; null for an unknown key. */
export function camelotOrder(key: string | null): number | null {
  const place = camelotOf(key);
  return place === null ? null : 2 * place.hour + (place.isMinor ? 0 : 1);
}

/** "8A" */
export function camelotName({ hour, isMinor }: CamelotKey): string {
  return `${hour}${isMinor ? 'A' : 'B'}`;
}

/** Hours between two keys the short way round, 0..6. */
function hoursBetween(a: CamelotKey, b: CamelotKey): number {
  const apart = Math.abs(a.hour - b.hour);
  return Math.min(apart, 12 - apart);
}

/**
 * How far a mix from one key to the other leaves the key: 0 the same, 1 a neighbour on the wheel (one hour on or back, or the
 * relative major or minor), then one more for every hour; symmetric.
 */
export function camelotDistance(a: CamelotKey, b: CamelotKey): number {
  return hoursBetween(a, b) + (a.isMinor === b.isMinor ? 0 : 1);
}

/**
 * Difference of two tempi as a mixer hears it, where half and double tempo beat together.
 * @returns relative difference, 0 = the same beat
 */
export function tempoDifference(aBpm: number, bBpm: number): number {
  const octaves = Math.log2(bBpm / aBpm);
  return Math.min(Math.abs(octaves), Math.abs(octaves - 1), Math.abs(octaves + 1)) * Math.LN2;
}
