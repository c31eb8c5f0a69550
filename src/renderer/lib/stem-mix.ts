// The four faders of the stem player and what they make each stem sound like.
import { STEMS, type Stem } from '../../contract/index.ts';
import { faderGain } from './loudness-gain.ts';

export interface StemFader {
  /** 0..1. */
  volume: number;
  muted: boolean;
  solo: boolean;
}

export type StemMix = Record<Stem, StemFader>;

export function neutralMix(): StemMix {
  const fader = (): StemFader => ({ volume: 1, muted: false, solo: false });
  return { bass: fader(), drums: fader(), other: fader(), vocals: fader() };
}

/** Linear gains: a solo silences everything that is not solo; mute always wins. */
export function stemGains(mix: StemMix): Record<Stem, number> {
  const anySolo = STEMS.some((stem) => mix[stem].solo);
  const gainOf = ({ volume, muted, solo }: StemFader): number => (muted || (anySolo && !solo) ? 0 : faderGain(volume));
  return { bass: gainOf(mix.bass), drums: gainOf(mix.drums), other: gainOf(mix.other), vocals: gainOf(mix.vocals) };
}
