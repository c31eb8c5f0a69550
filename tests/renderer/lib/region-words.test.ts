// Names of regions: the engine's phrases in every language.
import { afterEach, describe, expect, it } from 'vitest';
import type { MapFacts } from '../../../src/core/domain/map.ts';
import { nameClusters } from '../../../src/core/map/clusters/cluster-names.ts';
import { setLanguage } from '../../../src/renderer/lib/language.ts';
import { regionName } from '../../../src/renderer/lib/region-words.ts';

afterEach(() => setLanguage('en'));

/** Every stem loud or silent, every tempo and energy, with and without a genre: names of each kind. */
function everyName(): string[] {
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
  return nameClusters(labels, facts, 400);
}

describe('the name of a region', () => {
  it('is the engine’s own in English, whatever it is made of', () => {
    const names = everyName();
    expect(new Set(names.flatMap((name) => name.split(/[ ,]+/)))).toSatisfy((words: Set<string>) =>
      ['mostly', 'mixed', 'fast', 'slow', 'energetic', 'calm', 'no', 'few', 'many', 'much', 'strong', 'little'].every((word) =>
        words.has(word),
      ),
    );
    expect(names.map(regionName)).toEqual(names);
  });

  it('is said in German, genre first', () => {
    setLanguage('de');
    expect(regionName('fast electronic, strong bass, no vocals')).toBe('electronic, schnell, viel Bass, kein Gesang');
    expect(regionName('mostly fast energetic hip-hop (2)')).toBe('vor allem hip-hop, schnell, energisch (2)');
    expect(regionName('calm drum and bass and folk, few drums')).toBe('drum and bass und folk, ruhig, wenig Schlagzeug');
    expect(regionName('drum and bass, no other instruments')).toBe('drum and bass, keine anderen Instrumente');
    expect([regionName('music'), regionName('mixed music')]).toEqual(['Musik', 'gemischte Musik']);
  });

  it('leaves no word of the engine untranslated', () => {
    setLanguage('de');
    const said = new Set(everyName().flatMap((name) => regionName(name).split(/[ ,]+/)));
    for (const english of ['mostly', 'music', 'mixed', 'fast', 'slow', 'energetic', 'calm', 'no', 'few', 'much', 'vocals'])
      expect(said).not.toContain(english);
  });

  it('stays as it is when it is made of other words', () => {
    setLanguage('de');
    for (const name of ['Late night, my favourites', 'slow jazz, strong bass 1']) expect(regionName(name)).toBe(name);
  });
});
