// Everything that takes a while and goes on when its view is closed, in one form: scan, training, taking a model into use, map, tags,
// duplicates.
import type { ActivationProgress, MapProgress, ScanProgress, TrainProgress } from '../../contract/index.ts';
import type { View } from '../state/router.svelte.ts';
import { formatCount } from './format.ts';
import { t } from './language.ts';
import { stageName } from './scan-words.ts';
import type { TagProgress } from './tag-words.ts';

export interface RunningWork {
  view: View;
  name: string;
  /** 0..1; null while unknown. */
  fraction: number | null;
  remainingSec: number | null;
  /** What exactly is done now, or how much of how much; '' for nothing to say. */
  detail: string;
}

export interface Running {
  scan: ScanProgress | null;
  training: TrainProgress | null;
  activation: ActivationProgress | null;
  map: MapProgress | null;
  tags: TagProgress | null;
  /** Of a search for duplicates; undefined when none runs. */
  duplicates: number | null | undefined;
}

export function runningWork({ scan, training, activation, map, tags, duplicates }: Running): RunningWork[] {
  const works: RunningWork[] = [];
  if (scan) works.push({ view: 'scan', name: stageName(scan.stage), remainingSec: scan.remainingSec, ...share(scan) });
  if (training) {
    const { fraction, remainingSec, stage } = training;
    works.push({ view: 'teach', name: t('shell.training'), fraction, remainingSec, detail: t(`teach.stage_${stage}`) });
  }
  if (activation) {
    works.push({ view: 'teach', name: t('shell.activating'), remainingSec: activation.remainingSec, ...share(activation) });
  }
  if (map) {
    const { fraction, remainingSec, stage } = map;
    works.push({ view: 'map', name: t('shell.drawingMap'), fraction, remainingSec, detail: t(`map.stage_${stage}`) });
  }
  if (tags) works.push({ view: 'scan', name: t('shell.writingTags'), remainingSec: null, ...share(tags) });
  if (duplicates !== undefined) {
    works.push({ view: 'scan', name: t('shell.findingDuplicates'), fraction: duplicates, remainingSec: null, detail: '' });
  }
  return works;
}

function share({ done, total }: { done: number; total: number | null }): Pick<RunningWork, 'fraction' | 'detail'> {
  if (!total) return { fraction: null, detail: done > 0 ? formatCount(done) : '' };
  return { fraction: Math.min(1, done / total), detail: t('scan.of', { done: formatCount(done), total: formatCount(total) }) };
}
