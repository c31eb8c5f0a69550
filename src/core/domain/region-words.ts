// What a region of a map is called, in English: "mostly energetic hip-hop, strong bass, no vocals".
import type { RegionSound, RegionTraits } from './region.ts';

const SOUNDS: Readonly<Record<RegionSound, string>> = {
  strongBass: 'strong bass',
  littleBass: 'little bass',
  noBass: 'no bass',
  strongDrums: 'strong drums',
  fewDrums: 'few drums',
  noDrums: 'no drums',
  manyInstruments: 'many instruments',
  fewInstruments: 'few instruments',
  noOtherInstruments: 'no other instruments',
  muchSinging: 'much singing',
  littleSinging: 'little singing',
  noVocals: 'no vocals',
};

export function regionWords({ genres, isMixed, paces, sounds, number }: RegionTraits): string {
  const noun = genres.length > 0 ? genres.map(spoken).join(' and ') : isMixed ? 'mixed music' : 'music';
  const mostly = isMixed && genres.length > 0 ? ['mostly'] : [];
  const phrase = [[...mostly, ...paces, noun].join(' '), ...sounds.map((sound) => SOUNDS[sound])].join(', ');
  return number > 1 ? `${phrase} (${number})` : phrase;
}

/** Genre names inside a phrase: lower case, unless written in capitals ("R&B"). */
function spoken(genre: string): string {
  return genre === genre.toUpperCase() ? genre : genre.toLowerCase();
}
