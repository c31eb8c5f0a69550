// What sets clusters apart from the rest of the library: "fast electronic, strong bass, no vocals".
import type { MapFacts } from '../../domain/map.ts';
import type { RegionPace, RegionSound, RegionTraits } from '../../domain/region.ts';
import { regionWords } from '../../domain/region-words.ts';
import { STEMS, type Stem } from '../../domain/stem.ts';

/** A genre names a cluster alone from this share of its tracks on, with a second one from the lower share on. */
const ALONE = 0.6;
const TOGETHER = 0.3;
/** Differences from the library's mean, in its standard deviations, that are worth a word. */
const NOTABLE = 0.6;
/** A stem with less of the power is said to be absent. */
const ABSENT_SHARE = 0.04;
const MAX_TRAITS = 3;

/** One thing to say of a cluster, and how much it stands out. */
type Trait = ({ pace: RegionPace } | { sound: RegionSound }) & { strength: number };
type Noun = Pick<RegionTraits, 'genres' | 'isMixed'>;

interface Spread {
  mean: number;
  deviation: number;
}

const STEM_SOUNDS: Readonly<Record<Stem, { much: RegionSound; little: RegionSound; none: RegionSound }>> = {
  bass: { much: 'strongBass', little: 'littleBass', none: 'noBass' },
  drums: { much: 'strongDrums', little: 'fewDrums', none: 'noDrums' },
  other: { much: 'manyInstruments', little: 'fewInstruments', none: 'noOtherInstruments' },
  vocals: { much: 'muchSinging', little: 'littleSinging', none: 'noVocals' },
};

/**
 * @param labels cluster of each track, -1 = none
 * @param facts of each track, null when unknown
 * @returns what each cluster 0..nClusters - 1 is called by, no two alike
 */
export function describeClusters(
  labels: ArrayLike<number>,
  facts: readonly (MapFacts | null)[],
  nClusters: number,
): RegionTraits[] {
  const members: MapFacts[][] = Array.from({ length: nClusters }, () => []);
  for (let i = 0; i < labels.length; i++) {
    const fact = facts[i];
    if (fact && labels[i]! >= 0) members[labels[i]!]!.push(fact);
  }
  const known = facts.filter((fact) => fact !== null);
  const library = {
    tempo: spreadOf(known.flatMap(({ tempoBpm }) => tempoBpm ?? [])),
    energy: spreadOf(known.flatMap(({ energy }) => energy ?? [])),
    stems: Object.fromEntries(
      STEMS.map((stem) => [stem, spreadOf(known.flatMap(({ stemShares }) => stemShares?.[stem] ?? []))]),
    ) as Record<Stem, Spread>,
  };
  const described = members.map((tracks) => ({ noun: nounOf(tracks), traits: traitsOf(tracks, library) }));
  return distinct(described);
}

function nounOf(tracks: readonly MapFacts[]): Noun {
  const counts = new Map<string, number>();
  for (const { genre } of tracks) if (genre !== null) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  if (!first) return { genres: [], isMixed: false };
  const shareOf = (entry: [string, number]) => entry[1] / tracks.length;
  if (shareOf(first) >= ALONE) return { genres: [first[0]], isMixed: false };
  if (second && shareOf(second) >= TOGETHER) return { genres: [first[0], second[0]], isMixed: false };
  return { genres: shareOf(first) >= TOGETHER ? [first[0]] : [], isMixed: true };
}

function traitsOf(tracks: readonly MapFacts[], library: { tempo: Spread; energy: Spread; stems: Record<Stem, Spread> }): Trait[] {
  const traits: Trait[] = [];
  const tempo = contrastOf(medianOf(tracks.flatMap(({ tempoBpm }) => tempoBpm ?? [])), library.tempo);
  if (tempo !== 0) traits.push({ pace: tempo > 0 ? 'fast' : 'slow', strength: Math.abs(tempo) });
  const energy = contrastOf(medianOf(tracks.flatMap((fact) => fact.energy ?? [])), library.energy);
  if (energy !== 0) traits.push({ pace: energy > 0 ? 'energetic' : 'calm', strength: Math.abs(energy) });
  for (const stem of STEMS) {
    const share = medianOf(tracks.flatMap(({ stemShares }) => stemShares?.[stem] ?? []));
    const contrast = contrastOf(share, library.stems[stem]);
    if (contrast === 0) continue;
    const { much, little, none } = STEM_SOUNDS[stem];
    const lacking = share !== null && share < ABSENT_SHARE ? none : little;
    traits.push({ sound: contrast > 0 ? much : lacking, strength: Math.abs(contrast) });
  }
  return traits.sort((a, b) => b.strength - a.strength);
}

/** In standard deviations; 0 where it is not worth a word. */
function contrastOf(value: number | null, { mean, deviation }: Spread): number {
  if (value === null || deviation === 0) return 0;
  const contrast = (value - mean) / deviation;
  return Math.abs(contrast) < NOTABLE ? 0 : contrast;
}

function regionOf({ noun, traits }: { noun: Noun; traits: readonly Trait[] }, nTraits: number): RegionTraits {
  const named = traits.slice(0, nTraits);
  const paces = named.flatMap((trait) => ('pace' in trait ? [trait.pace] : []));
  const sounds = named.flatMap((trait) => ('sound' in trait ? [trait.sound] : []));
  return { ...noun, paces, sounds, number: 1 };
}

/** The strongest traits of each; where two are alike, one more trait, and in the end a number. */
function distinct(described: readonly { noun: Noun; traits: Trait[] }[]): RegionTraits[] {
  const regions = described.map((one) => regionOf(one, MAX_TRAITS));
  const names = regions.map(regionWords);
  const isTwice = (name: string) => names.filter((other) => other === name).length > 1;
  const longer = regions.map((region, i) => (isTwice(names[i]!) ? regionOf(described[i]!, MAX_TRAITS + 1) : region));
  const seen = new Map<string, number>();
  return longer.map((region) => {
    const name = regionWords(region);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return { ...region, number };
  });
}

function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: 0, deviation: 0 };
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
