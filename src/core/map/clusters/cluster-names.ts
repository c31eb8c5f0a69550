// Names clusters by what sets them apart from the rest of the library: "fast electronic, strong bass, no vocals".
import type { MapFacts } from '../../domain/map.ts';
import { STEMS, type Stem } from '../../domain/stem.ts';

/** A genre names a cluster alone from this share of its tracks on, with a second one from the lower share on. */
const ALONE = 0.6;
const TOGETHER = 0.3;
/** Differences from the library's mean, in its standard deviations, that are worth a word. */
const NOTABLE = 0.6;
/** A stem with less of the power is said to be absent. */
const ABSENT_SHARE = 0.04;
const MAX_WORDS = 3;
const MOSTLY = 'mostly';

/** One thing to say of a cluster, and how much it stands out. */
interface Trait {
  words: string;
  /** Adjectives stand before the genre, the rest after it. */
  place: 'before' | 'after';
  strength: number;
}

interface Spread {
  mean: number;
  deviation: number;
}

const STEM_WORDS: Record<Stem, { much: string; little: string; none: string }> = {
  bass: { much: 'strong bass', little: 'little bass', none: 'no bass' },
  drums: { much: 'strong drums', little: 'few drums', none: 'no drums' },
  other: { much: 'many instruments', little: 'few instruments', none: 'no other instruments' },
  vocals: { much: 'much singing', little: 'little singing', none: 'no vocals' },
};

/**
 * @param labels cluster of each track, -1 = none
 * @param facts of each track, null when unknown
 * @returns a name for each cluster 0..nClusters - 1, no two alike
 */
export function nameClusters(labels: ArrayLike<number>, facts: readonly (MapFacts | null)[], nClusters: number): string[] {
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

function nounOf(tracks: readonly MapFacts[]): string {
  const counts = new Map<string, number>();
  for (const { genre } of tracks) if (genre !== null) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  if (!first) return 'music';
  const shareOf = (entry: [string, number]) => entry[1] / tracks.length;
  if (shareOf(first) >= ALONE) return spoken(first[0]);
  if (second && shareOf(second) >= TOGETHER) return `${spoken(first[0])} and ${spoken(second[0])}`;
  return shareOf(first) >= TOGETHER ? `${MOSTLY} ${spoken(first[0])}` : 'mixed music';
}

/** Genre names inside a phrase: lower case, unless written in capitals ("R&B"). */
function spoken(genre: string): string {
  return genre === genre.toUpperCase() ? genre : genre.toLowerCase();
}

function traitsOf(tracks: readonly MapFacts[], library: { tempo: Spread; energy: Spread; stems: Record<Stem, Spread> }): Trait[] {
  const traits: Trait[] = [];
  const tempo = medianOf(tracks.flatMap(({ tempoBpm }) => tempoBpm ?? []));
  addContrast(traits, tempo, library.tempo, 'before', { much: 'fast', little: 'slow' });
  const energy = medianOf(tracks.flatMap((fact) => fact.energy ?? []));
  addContrast(traits, energy, library.energy, 'before', { much: 'energetic', little: 'calm' });
  for (const stem of STEMS) {
    const share = medianOf(tracks.flatMap(({ stemShares }) => stemShares?.[stem] ?? []));
    const words = STEM_WORDS[stem];
    const isAbsent = share !== null && share < ABSENT_SHARE;
    addContrast(traits, share, library.stems[stem], 'after', isAbsent ? { ...words, little: words.none } : words);
  }
  return traits.sort((a, b) => b.strength - a.strength);
}

function addContrast(
  traits: Trait[],
  value: number | null,
  { mean, deviation }: Spread,
  place: Trait['place'],
  words: { much: string; little: string },
): void {
  if (value === null || deviation === 0) return;
  const contrast = (value - mean) / deviation;
  if (Math.abs(contrast) < NOTABLE) return;
  traits.push({ words: contrast > 0 ? words.much : words.little, place, strength: Math.abs(contrast) });
}

function phraseOf(noun: string, traits: readonly Trait[]): string {
  const before = traits.filter(({ place }) => place === 'before').map(({ words }) => words);
  const after = traits.filter(({ place }) => place === 'after').map(({ words }) => words);
  // "mostly energetic hip-hop": the share stands before every adjective.
  const isMostly = noun.startsWith(`${MOSTLY} `);
  const words = isMostly ? [MOSTLY, ...before, noun.slice(MOSTLY.length + 1)] : [...before, noun];
  return [words.join(' '), ...after].join(', ');
}

/** The strongest traits of each; where two names are alike, one more trait, and in the end a number. */
function distinct(described: readonly { noun: string; traits: Trait[] }[]): string[] {
  const names = described.map(({ noun, traits }) => phraseOf(noun, traits.slice(0, MAX_WORDS)));
  const isTwice = (name: string) => names.filter((other) => other === name).length > 1;
  const longer = names.map((name, i) => {
    const { noun, traits } = described[i]!;
    return isTwice(name) ? phraseOf(noun, traits.slice(0, MAX_WORDS + 1)) : name;
  });
  const seen = new Map<string, number>();
  return longer.map((name) => {
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name} (${n})`;
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
