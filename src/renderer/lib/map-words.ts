// Maps in words: what they are drawn from, what they are coloured by, what a drawing does, and how good one is.
import type { MapColour, MapProgress, MapQuality, MapSource } from '../../contract/index.ts';
import { formatCount, formatPercent } from './format.ts';
import { dateLocale, t } from './language.ts';

export function sourceName(source: MapSource): string {
  return t(`map.source_${source}`);
}

/** As it stands behind "a map by". */
export function sourceInside(source: MapSource): string {
  return t(`map.by_${source}`);
}

/** What it means that two tracks are near each other. */
export function sourceHint(source: MapSource): string {
  return t(`map.hint_${source}`);
}

export function colourName(by: MapColour): string {
  return t(`map.colour_${by}`);
}

export function mapStageName(stage: MapProgress['stage']): string {
  return t(`map.stage_${stage}`);
}

export interface QualityWord {
  name: string;
  value: string;
  hint: string;
}

export function qualityInWords({ trustworthiness, preservation, nNeighbours, nSampled, purity }: MapQuality): QualityWord[] {
  const measured = { n: formatCount(nSampled), k: nNeighbours };
  const words = [
    { name: t('map.trustworthiness'), value: formatPercent(trustworthiness), hint: t('map.trustworthinessHint', measured) },
    { name: t('map.preservation'), value: formatPercent(preservation), hint: t('map.preservationHint', measured) },
  ];
  if (!purity) return words;
  const { inDescriptors, inSpace, nLabelled, onMap } = purity;
  const values = { k: purity.nNeighbours, n: formatCount(nLabelled), inSound: formatPercent(inSpace) };
  const hint =
    inDescriptors === null
      ? t('map.purityHint', values)
      : t('map.purityHintDescriptors', { ...values, inDescriptors: formatPercent(inDescriptors) });
  return [...words, { name: t('map.purity'), value: formatPercent(onMap), hint }];
}

/** "12 Nov 2026, 10:05" */
export function momentInWords(atMs: number): string {
  return new Date(atMs).toLocaleString(dateLocale(), { dateStyle: 'medium', timeStyle: 'short' });
}
