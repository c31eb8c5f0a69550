// What the stages of a scan and the states of a track are called.
import type { ScanStage, TrackStatus } from '../../contract/index.ts';

const STAGES: Readonly<Record<ScanStage, string>> = {
  walk: 'Looking for music',
  identify: 'Reading files and tags',
  analyse: 'Listening to tracks',
  done: 'Finishing',
};

export const STATUS_NAMES: Readonly<Record<TrackStatus, string>> = {
  analysed: 'Analysed',
  failed: 'Failed',
  missing: 'Missing',
  pending: 'Waiting',
};

export function stageName(stage: ScanStage): string {
  return STAGES[stage];
}
