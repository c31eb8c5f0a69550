// What a reader of the protocol's figures must know.
import type { StudySegments } from '../networks/segments.ts';
import type { Study } from '../study.ts';

/** Epochs of the published training, each with eight crops of every recording. */
const PUBLISHED_EPOCHS = 80;
/** As many windows of a 30 s recording in as many epochs. */
const FULL_EPOCHS = 40;
const SHARES: Readonly<Record<number, string>> = { 2: 'half', 4: 'a quarter', 8: 'an eighth', 16: 'a sixteenth' };

export interface Computed {
  segments: StudySegments;
  nFolds: number;
  nEpochs: number;
  narrowing: number;
}

export function notesOn(study: Study, computed: Computed): string[] {
  const { nRepeated } = computed.segments;
  return [
    ...scopeNotes(study, computed),
    'The published figures without averaging are from whole recordings of 30 s heard at once; here one window of 2 s, the middle one, stands in their place.',
    study.split.folds.length > 2
      ? 'The epoch is the one of least loss on the fold after the tested one; published was the one of best accuracy there.'
      : 'The epoch is the one of least loss on a part of the learned recordings.',
    'VGG was published on another dataset only.',
    ...(nRepeated > 0 ? [`${nRepeated} recordings are shorter than a window: they are repeated until they are as long.`] : []),
    ...(study.request.isQuick ? ['This was the smoke version: a few recordings, one epoch, one fold.'] : []),
  ];
}

function scopeNotes({ heard, split }: Study, { segments, nFolds, nEpochs, narrowing }: Computed): string[] {
  const nWindows = segments.classes.length;
  return [
    `${nWindows} windows of 2 s of ${heard.length} recordings; windows of a recording never stand on both sides.`,
    ...(nFolds < split.folds.length
      ? [
          nFolds === 1
            ? `Trained in the first of ${split.folds.length} folds only.`
            : `Trained in the first ${nFolds} of ${split.folds.length} folds only.`,
        ]
      : []),
    ...(narrowing > 1
      ? [
          `All networks are narrowed to ${SHARES[narrowing]} of the published channels in every layer: they are not the published networks.`,
        ]
      : []),
    ...(nEpochs < FULL_EPOCHS
      ? [
          `Trained for ${nEpochs} ${nEpochs === 1 ? 'epoch' : 'epochs'} of all windows instead of ${FULL_EPOCHS}, which are as many windows as the published ${PUBLISHED_EPOCHS} epochs.`,
        ]
      : []),
  ];
}
