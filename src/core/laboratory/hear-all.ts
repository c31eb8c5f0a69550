// Every recording heard once, in the workers; what was heard before is read back by the file's content.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_SETTINGS } from '../config/settings.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { LabHearing, LabLeftOut, LabWindow } from '../domain/laboratory.ts';
import { inLanes } from '../jobs/lanes.ts';
import type { LabTrack } from './datasets/dataset.ts';
import type { LabContext } from './lab-context.ts';
import { Pace } from './pace.ts';
import { digestOf } from './result-cache.ts';

export interface Heard {
  track: LabTrack;
  /** SHA-256 of the file. */
  contentHash: string;
  hearing: BriefHearing;
}

/** Without spectrograms: those of a large collection fill the memory, and few need them. */
export type BriefHearing = Omit<LabHearing, 'windows'> & { windows: Omit<LabWindow, 'bytes'>[] };

/** In the tracks' order, without those that cannot be heard. @throws StemscapeError cancelled | model.* | disk.full */
export async function hearAll(
  tracks: readonly LabTrack[],
  context: LabContext,
): Promise<{ heard: Heard[]; leftOut: LabLeftOut[] }> {
  const found: (Heard | LabLeftOut)[] = new Array(tracks.length);
  const pace = new Pace('hear', tracks.length, context.onProgress);
  await inLanes(tracks.entries(), context.nJobs, async ([i, track]) => {
    context.signal.throwIfAborted();
    try {
      const { hearing, contentHash, wasKnown } = await hearOne(track, context);
      found[i] = { track, contentHash, hearing: briefly(hearing) };
      pace.done(track.path, wasKnown);
    } catch (error) {
      if (!(error instanceof StemscapeError) || !/^(file|decode)\./.test(error.code)) throw error;
      found[i] = { path: track.path, reason: error.message };
      pace.done(track.path, false);
    }
  });
  return {
    heard: found.filter((each): each is Heard => 'hearing' in each),
    leftOut: found.filter((each): each is LabLeftOut => 'reason' in each),
  };
}

async function hearOne(track: LabTrack, context: LabContext) {
  const contentHash = await hashOf(track.path);
  return { contentHash, ...(await hearContent(track, contentHash, context)) };
}

async function hearContent({ path }: LabTrack, contentHash: string, context: LabContext) {
  const { cache, versions, pool, signal } = context;
  const { nWindows, windowSec } = DEFAULT_SETTINGS;
  const { classifier, separator, profile } = versions;
  const key = digestOf({ what: 'hearing with stems', contentHash, classifier, separator, profile });
  const { value, wasKnown } = await cache.recall(key, async () => {
    const models = await context.models();
    return pool.run({ kind: 'hear', path, models, nWindows, windowSec }, { signal });
  });
  return { hearing: value, wasKnown };
}

/** The windows with their spectrograms: read back, or heard again where they are gone. */
export async function wholeWindows({ track, contentHash }: Heard, context: LabContext): Promise<LabWindow[]> {
  return (await hearContent(track, contentHash, context)).hearing.windows;
}

function briefly({ windows, ...rest }: LabHearing): BriefHearing {
  return { ...rest, windows: windows.map(({ bytes: _, ...window }) => window) };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw new StemscapeError('file.unreadable', `${path} cannot be read.`, { cause });
  }
  return hash.digest('hex');
}
