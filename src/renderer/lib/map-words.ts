// Maps in words: what they are drawn from, what they are coloured by, what a drawing does, and how good one is.
import type { MapColour, MapProgress, MapQuality, MapSource } from '../../contract/index.ts';
import { formatPercent } from './format.ts';

export const SOURCE_WORDS: Readonly<Record<MapSource, { name: string; hint: string }>> = {
  sound: { name: 'Whole sound', hint: 'Near each other is what sounds alike, to the network and by 518 measures together.' },
  embedding: { name: 'The network alone', hint: 'Near each other is what the network hears as alike.' },
  latent: { name: 'Descriptors alone', hint: 'Near each other is what has alike tempo, timbre and harmony, by 518 measures.' },
  bass: { name: 'Bass', hint: 'Near each other are alike bass lines, whatever plays above them.' },
  drums: { name: 'Drums', hint: 'Near each other are alike drums.' },
  other: { name: 'Other instruments', hint: 'Near each other are alike guitars, keys and the rest.' },
  vocals: { name: 'Vocals', hint: 'Near each other are alike voices.' },
};

export const COLOUR_NAMES: Readonly<Record<MapColour, string>> = {
  genre: 'Genre',
  confidence: 'Confidence',
  disagreement: 'Disagrees with my label',
  tempo: 'Tempo',
  key: 'Key',
  energy: 'Energy',
  loudness: 'Loudness',
  year: 'Year',
  cluster: 'Region',
};

export const MAP_STAGE_NAMES: Readonly<Record<MapProgress['stage'], string>> = {
  read: 'Reading the sounds',
  latent: 'Learning the descriptors',
  neighbours: 'Looking for neighbours',
  arrange: 'Arranging the tracks',
  describe: 'Naming the regions',
  done: 'Done',
};

export interface QualityWord {
  name: string;
  value: string;
  hint: string;
}

export function qualityInWords({ trustworthiness, preservation, nNeighbours, nSampled, purity }: MapQuality): QualityWord[] {
  const measured = `Measured on ${nSampled.toLocaleString('en-US')} tracks and their ${nNeighbours} nearest neighbours.`;
  const words = [
    {
      name: 'Can be trusted',
      value: formatPercent(trustworthiness),
      hint: `Trustworthiness: 100% means that no tracks are near on the map which are far apart in sound. ${measured}`,
    },
    {
      name: 'Neighbours kept',
      value: formatPercent(preservation),
      hint: `Of the tracks that are nearest in sound, this many are nearest on the map too. ${measured}`,
    },
  ];
  if (!purity) return words;
  const before = purity.inDescriptors === null ? '' : ` Among the plain descriptors: ${formatPercent(purity.inDescriptors)}.`;
  const hint = `Of a track's ${purity.nNeighbours} nearest labelled neighbours on the map, this many have its genre, over ${purity.nLabelled.toLocaleString('en-US')} labelled tracks. In the sound itself: ${formatPercent(purity.inSpace)}.${before}`;
  return [...words, { name: 'Neighbours of one genre', value: formatPercent(purity.onMap), hint }];
}

/** "12 Nov 2026, 10:05" in the person's own way of writing dates. */
export function momentInWords(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
