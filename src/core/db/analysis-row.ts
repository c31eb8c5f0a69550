// Rows of `analysis` and `analysis_window`, exactly as the schema has them, and their conversions.
import type { AnalysedWindow, TrackAnalysis } from '../domain/analysis.ts';
import { fromBlob, toBlob } from './vector-blob.ts';

export interface AnalysisRow {
  track_id: number;
  content_hash: string | null;
  analysed_at_ms: number;
  classifier_version: string;
  separator_version: string;
  profile_id: string;
  class_list_id: number;
  probabilities: Uint8Array;
  embedding: Uint8Array;
  duration_sec: number;
  tempo_bpm: number | null;
  tempo_confidence: number;
  music_key: string | null;
  key_confidence: number;
  loudness_lufs: number | null;
  loudness_range_lu: number | null;
  sample_peak_dbfs: number | null;
  energy: number;
  centroid_hz: number;
  bandwidth_hz: number;
  rolloff_hz: number;
  flatness: number;
  zero_crossing_rate: number;
  share_bass: number;
  share_drums: number;
  share_other: number;
  share_vocals: number;
  stage_ms_json: string;
  descriptors: Uint8Array | null;
}

export interface AnalysisWindowRow {
  track_id: number;
  position: number;
  start_sec: number;
  length_sec: number;
  embedding: Uint8Array;
  logits: Uint8Array;
}

/** A stored analysis without what is read on its own. */
export type StoredAnalysis = Omit<TrackAnalysis, 'waveform' | 'stemEmbeddings' | 'fingerprint'> & { analysedAtMs: number };

/** SQLite has no infinities or NaN worth keeping: what is not finite was not measured. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

export function analysisToRow(
  analysis: TrackAnalysis,
  place: { trackId: number; contentHash: string | null; classListId: number; atMs: number },
): AnalysisRow {
  return {
    track_id: place.trackId,
    content_hash: place.contentHash,
    analysed_at_ms: place.atMs,
    classifier_version: analysis.classifierVersion,
    separator_version: analysis.separatorVersion,
    profile_id: analysis.profileId,
    class_list_id: place.classListId,
    probabilities: toBlob(analysis.probabilities),
    embedding: toBlob(analysis.embedding),
    duration_sec: finite(analysis.durationSec) ?? 0,
    tempo_bpm: finite(analysis.tempoBpm),
    tempo_confidence: finite(analysis.tempoConfidence) ?? 0,
    music_key: analysis.key,
    key_confidence: finite(analysis.keyConfidence) ?? 0,
    loudness_lufs: finite(analysis.loudnessLufs),
    loudness_range_lu: finite(analysis.loudnessRangeLu),
    sample_peak_dbfs: finite(analysis.samplePeakDbfs),
    energy: finite(analysis.energy) ?? 0,
    centroid_hz: finite(analysis.spectral.centroidHz) ?? 0,
    bandwidth_hz: finite(analysis.spectral.bandwidthHz) ?? 0,
    rolloff_hz: finite(analysis.spectral.rolloffHz) ?? 0,
    flatness: finite(analysis.spectral.flatness) ?? 0,
    zero_crossing_rate: finite(analysis.spectral.zeroCrossingRate) ?? 0,
    share_bass: finite(analysis.stemShares.bass) ?? 0,
    share_drums: finite(analysis.stemShares.drums) ?? 0,
    share_other: finite(analysis.stemShares.other) ?? 0,
    share_vocals: finite(analysis.stemShares.vocals) ?? 0,
    stage_ms_json: JSON.stringify(analysis.stageMs),
    descriptors: analysis.descriptors && toBlob(analysis.descriptors),
  };
}

export function analysisFromRow(row: AnalysisRow, windows: AnalysisWindowRow[], genres: string[]): StoredAnalysis {
  return {
    durationSec: row.duration_sec,
    windows: windows.map(windowFromRow),
    embedding: fromBlob(row.embedding),
    probabilities: fromBlob(row.probabilities),
    genres,
    tempoBpm: row.tempo_bpm,
    tempoConfidence: row.tempo_confidence,
    key: row.music_key,
    keyConfidence: row.key_confidence,
    loudnessLufs: row.loudness_lufs,
    loudnessRangeLu: row.loudness_range_lu,
    samplePeakDbfs: row.sample_peak_dbfs,
    energy: row.energy,
    spectral: {
      centroidHz: row.centroid_hz,
      bandwidthHz: row.bandwidth_hz,
      rolloffHz: row.rolloff_hz,
      flatness: row.flatness,
      zeroCrossingRate: row.zero_crossing_rate,
    },
    stemShares: { bass: row.share_bass, drums: row.share_drums, other: row.share_other, vocals: row.share_vocals },
    classifierVersion: row.classifier_version,
    separatorVersion: row.separator_version,
    profileId: row.profile_id,
    stageMs: JSON.parse(row.stage_ms_json) as TrackAnalysis['stageMs'],
    descriptors: row.descriptors && fromBlob(row.descriptors),
    analysedAtMs: row.analysed_at_ms,
  };
}

export function windowToRow(trackId: number, position: number, window: AnalysedWindow): AnalysisWindowRow {
  return {
    track_id: trackId,
    position,
    start_sec: window.startSec,
    length_sec: window.lengthSec,
    embedding: toBlob(window.embedding),
    logits: toBlob(window.logits),
  };
}

function windowFromRow(row: AnalysisWindowRow): AnalysedWindow {
  return {
    startSec: row.start_sec,
    lengthSec: row.length_sec,
    embedding: fromBlob(row.embedding),
    logits: fromBlob(row.logits),
  };
}
