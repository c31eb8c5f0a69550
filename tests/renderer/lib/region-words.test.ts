// Names of regions: what sets them apart, in every language.
import { afterEach, describe, expect, it } from 'vitest';
import type { MapFacts } from '../../../src/core/domain/map.ts';
import type { RegionTraits } from '../../../src/core/domain/region.ts';
import { regionWords } from '../../../src/core/domain/region-words.ts';
import { describeClusters } from '../../../src/core/map/clusters/cluster-traits.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { regionName } from '../../../src/renderer/lib/region-words.ts';

afterEach(() => setLanguage('en'));

/** Every stem loud or silent, every tempo and energy, with and without a genre: regions of each kind. */
function everyRegion(): RegionTraits[] {
  const levels = [0, 0.05, 0.5, 1];
  const genres = [null, 'Hip-Hop', 'R&B', 'Drum and Bass', 'Folk'];
  const facts: MapFacts[] = [];
  const labels: number[] = [];
  let seed = 1;
  const any = <T>(values: readonly T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647;
    return values[seed % values.length]!;
  };
  for (let cluster = 0; cluster < 400; cluster++) {
    const stemShares = { bass: any(levels), drums: any(levels), other: any(levels), vocals: any(levels) };
    const [tempoBpm, energy] = [any([60, 120, 180]), any(levels)];
    const [first, second] = [any(genres), any(genres)];
    const share = any([2, 3, 5, 10]);
    for (let i = 0; i < 10; i++) {
      facts.push({ genre: i < share ? first : i < 2 * share ? second : String(i), tempoBpm, energy, stemShares });
      labels.push(cluster);
    }
  }
  return describeClusters(labels, facts, 400);
}

const NONE: RegionTraits = { genres: [], isMixed: false, paces: [], sounds: [], number: 1 };
const said = (traits: Partial<RegionTraits>): string => regionName({ name: '', traits: { ...NONE, ...traits } });

describe('the name of a region', () => {
  it('is the command line’s own in English, whatever it is made of', () => {
    const names = everyRegion().map(regionWords);
    expect(new Set(names.flatMap((name) => name.split(/[ ,]+/)))).toSatisfy((words: Set<string>) =>
      ['mostly', 'mixed', 'fast', 'slow', 'energetic', 'calm', 'no', 'few', 'many', 'much', 'strong', 'little'].every((word) =>
        words.has(word),
      ),
    );
    expect(everyRegion().map((traits) => regionName({ name: '', traits }))).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is said in German, genre first', () => {
    setLanguage('de');
    expect(said({ genres: ['Electronic'], paces: ['fast'], sounds: ['strongBass', 'noVocals'] })).toBe(
      'Electronic, schnell, viel Bass, kein Gesang',
    );
    expect(said({ genres: ['Hip-Hop'], isMixed: true, paces: ['fast', 'energetic'], number: 2 })).toBe(
      'vor allem Hip-Hop, schnell, energisch (2)',
    );
    expect(said({ genres: ['Drum and Bass', 'Folk'], paces: ['calm'], sounds: ['fewDrums'] })).toBe(
      'Drum and Bass und Folk, ruhig, wenig Schlagzeug',
    );
    expect([said({}), said({ isMixed: true })]).toEqual(['Musik', 'gemischte Musik']);
  });

  it('leaves no word of English', () => {
    setLanguage('de');
    const words = new Set(everyRegion().flatMap((traits) => regionName({ name: '', traits }).split(/[ ,]+/)));
    for (const english of ['mostly', 'music', 'mixed', 'fast', 'slow', 'energetic', 'calm', 'no', 'few', 'much', 'vocals'])
      expect(words).not.toContain(english);
  });

  it('stays as it is on maps of an older version', () => {
    setLanguage('de');
    expect(regionName({ name: 'slow jazz, strong bass', traits: null })).toBe('slow jazz, strong bass');
  });
});
