// "A minor" in the spellings of DJ programs.

const NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

interface MusicalKey {
  /** Semitones above C, 0..11. */
  tonic: number;
  isMinor: boolean;
}

function parse(key: string | null): MusicalKey | null {
  const [, name, mode] = /^([A-G]#?) (major|minor)$/.exec(key ?? '') ?? [];
  const tonic = NAMES.indexOf(name ?? '');
  return tonic < 0 ? null : { tonic, isMinor: mode === 'minor' };
}

/** "Am", "F#"; null when unknown. */
export function shortKey(key: string | null): string | null {
  const parsed = parse(key);
  return parsed && `${NAMES[parsed.tonic]}${parsed.isMinor ? 'm' : ''}`;
}

/** Traktor's number: 0..11 major from C up, 12..23 minor. */
export function traktorKey(key: string | null): number | null {
  const parsed = parse(key);
  return parsed && parsed.tonic + (parsed.isMinor ? 12 : 0);
}
