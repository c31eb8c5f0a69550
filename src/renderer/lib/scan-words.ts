// What the stages of a scan and the states of a track are called.
import type { ScanProgress, ScanStage, TrackStatus } from '../../contract/index.ts';
import { formatCount } from './format.ts';
import { t } from './language.ts';

/** In the language of the moment that they are read. */
export const STATUS_NAMES: Readonly<Record<TrackStatus, string>> = {
  get analysed() {
    return t('scan.statusAnalysed');
  },
  get failed() {
    return t('scan.statusFailed');
  },
  get missing() {
    return t('scan.statusMissing');
  },
  get pending() {
    return t('scan.statusPending');
  },
};

export function stageName(stage: ScanStage): string {
  return t(`scan.stage_${stage}`);
}

/** "1,204 of 5,000 tracks"; files before they are listened to. */
export function progressInWords(progress: ScanProgress | null): string {
  const done = formatCount(progress?.done ?? 0);
  const isAnalysis = progress?.stage === 'analyse';
  if (!progress?.total) return isAnalysis ? t('scan.nTracks', { done }) : t('scan.nFiles', { done });
  const values = { done, total: formatCount(progress.total) };
  return isAnalysis ? t('scan.ofTracks', values) : t('scan.ofFiles', values);
}
