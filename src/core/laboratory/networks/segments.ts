// The segments of all recordings of a study: cut once in the workers, kept on the disk by the recording's content, and named in a table that a worker
// reads them by. They never lie in this process's memory all at once.
import type { RecordedSegments, SegmentSpec, SegmentTable } from '../../domain/laboratory-networks.ts';
import { inLanes } from '../../jobs/lanes.ts';
import type { Heard } from '../hear-all.ts';
import type { LabContext } from '../lab-context.ts';
import { Pace } from '../pace.ts';
import { digestOf } from '../result-cache.ts';
import type { Study } from '../study.ts';

export interface StudySegments {
  table: SegmentTable;
  /** Class of each segment: its recording's. */
  classes: Int32Array;
  /** Recordings that were shorter than a segment. */
  nRepeated: number;
}

/** @throws StemscapeError cancelled | file.* | decode.* | model.* | disk.full */
export async function segmentsOf({ heard, classes, context }: Study, spec: SegmentSpec): Promise<StudySegments> {
  const keys = heard.map((each) => keyOf(each, spec, context));
  const counts = new Int32Array(heard.length);
  let nRepeated = 0;
  const pace = new Pace('hear', heard.length, context.onProgress);
  await inLanes(heard.entries(), context.nJobs, async ([i, each]) => {
    context.signal.throwIfAborted();
    const { value, wasKnown } = await context.cache.recall(keys[i]!, () => cut(each, spec, context));
    counts[i] = value.starts.length;
    if (value.isRepeated) nRepeated++;
    pace.done(each.track.path, wasKnown);
  });
  const recordings = Int32Array.from([...counts].flatMap((count, i) => new Array<number>(count).fill(i)));
  const places = Int32Array.from([...counts].flatMap((count) => Array.from({ length: count }, (_, place) => place)));
  return {
    table: { cacheDir: context.cache.dir, spec, keys, recordings, places },
    classes: recordings.map((recording) => classes[recording]!),
    nRepeated,
  };
}

/** Places of the segments of some recordings, in their order. */
export function segmentsOfRecordings({ recordings }: SegmentTable, wanted: Int32Array): Int32Array {
  const kept = new Set(wanted);
  return Int32Array.from([...recordings.keys()].filter((segment) => kept.has(recordings[segment]!)));
}

function keyOf({ contentHash }: Heard, spec: SegmentSpec, { versions }: LabContext): string {
  const isMixture = spec.sources.every((source) => source === 'mixture');
  return digestOf({ what: 'segments', contentHash, spec, separator: isMixture ? null : versions.separator });
}

async function cut({ track, hearing }: Heard, spec: SegmentSpec, context: LabContext): Promise<RecordedSegments> {
  const { pool, signal } = context;
  const { durationSec } = hearing;
  return pool.run({ kind: 'segments', path: track.path, durationSec, models: await context.models(), spec }, { signal });
}
