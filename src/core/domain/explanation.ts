// Why a track has its genre: what each window says, and what becomes of the verdict when a stem falls silent.
import type { Stem } from './stem.ts';

/** One hearing of a track's windows. */
export interface Hearing {
  /** Of the network asked for, Float32Array [nWindows x embeddingSize]. */
  embeddings: Float32Array;
  /** Of the bundled network, Float32Array [nWindows x nGenres]; empty for an own one. */
  logits: Float32Array;
  /** Float32Array [518] */
  descriptors: Float32Array;
}

export interface ExplainedHearings {
  whole: Hearing;
  /** Without this stem. */
  without: Record<Stem, Hearing>;
}

export interface StemEvidence {
  stem: Stem;
  /** Probability of the genre without this stem, 0..1. */
  probabilityWithout: number;
  /** By how much the stem raises the genre's probability; negative where it speaks against it. */
  contribution: number;
  /** The likeliest genre without it. */
  genreWithout: string;
}

export interface Explanation {
  /** The model's likeliest genre, on the windows as they were heard now. */
  genre: string;
  /** 0..1 */
  probability: number;
  windows: { startSec: number; lengthSec: number; probability: number }[];
  /** Strongest contribution first. */
  stems: StemEvidence[];
  /** One sentence for a person. */
  sentence: string;
}
