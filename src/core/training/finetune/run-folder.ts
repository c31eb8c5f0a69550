// The folder of one gradient training: plan.json, windows.u8 with every window's mel spectrogram, and the checkpoints.
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { MEL_PROFILE } from '../../config/audio-profile.ts';
import type { ListenedWindow } from '../../domain/analysis.ts';
import { StemscapeError } from '../../domain/errors.ts';
import { writeDurably } from './durable-file.ts';
import { readMelBytes } from './mel-bytes.ts';
import { PLAN_FILE, type RunPlan, type RunTrack, type RunWindow, readPlan } from './run-plan.ts';

const WINDOWS_FILE = 'windows.u8';
const { nMels } = MEL_PROFILE;

/** Lays a run out, track by track. Until `finish` has returned there is no plan, so nothing that could be trained. */
export class RunWriter {
  readonly #runDir: string;
  readonly #file: FileHandle;
  readonly #header: Omit<RunPlan, 'format' | 'tracks'>;
  readonly #tracks: RunTrack[] = [];
  #offset = 0;

  private constructor(runDir: string, header: Omit<RunPlan, 'format' | 'tracks'>, file: FileHandle) {
    this.#runDir = runDir;
    this.#header = header;
    this.#file = file;
  }

  static async create(runDir: string, header: Omit<RunPlan, 'format' | 'tracks'>): Promise<RunWriter> {
    await mkdir(runDir, { recursive: true });
    return new RunWriter(runDir, header, await open(join(runDir, WINDOWS_FILE), 'w'));
  }

  /** Tracks lie in the run in the order of these calls; one call at a time. */
  async add(track: Omit<RunTrack, 'windows'>, heard: readonly ListenedWindow[]): Promise<void> {
    const windows: RunWindow[] = [];
    for (const { startSec, lengthSec, nFrames, bytes } of heard) {
      await this.#file.write(bytes, 0, bytes.length, this.#offset);
      windows.push({ startSec, lengthSec, nFrames, offset: this.#offset });
      this.#offset += bytes.length;
    }
    this.#tracks.push({ ...track, windows });
  }

  async finish(): Promise<void> {
    await this.#file.sync();
    await this.#file.close();
    const plan: RunPlan = { format: 1, ...this.#header, tracks: this.#tracks };
    await writeDurably(join(this.#runDir, PLAN_FILE), [JSON.stringify(plan)]);
  }

  /** Leaves the folder without a plan. */
  async abandon(): Promise<void> {
    await this.#file.close();
  }
}

/** A window with the genre of its track. */
export interface LabelledWindow extends RunWindow {
  /** Its track's place in the plan. */
  track: number;
  class: number;
}

/** A run to read from; windows are fetched when they are needed, so that memory does not grow with the collection. */
export class RunReader {
  readonly plan: RunPlan;
  /** plan.json as it was read. */
  readonly planText: string;
  readonly #file: FileHandle;

  private constructor(plan: RunPlan, planText: string, file: FileHandle) {
    this.plan = plan;
    this.planText = planText;
    this.#file = file;
  }

  /** @throws StemscapeError file.missing | input.invalid when a part of the run is missing or cut off */
  static async open(runDir: string): Promise<RunReader> {
    const { plan, text } = await readPlan(runDir);
    const path = join(runDir, WINDOWS_FILE);
    const file = await open(path, 'r').catch((cause: unknown) => {
      throw new StemscapeError('file.missing', `The training in ${runDir} has lost its windows.`, { cause });
    });
    const end = Math.max(0, ...plan.tracks.map(({ windows }) => endOf(windows.at(-1)!)));
    if ((await file.stat()).size < end) {
      await file.close();
      throw new StemscapeError('input.invalid', `The windows of the training in ${runDir} are cut off.`);
    }
    return new RunReader(plan, text, file);
  }

  /** Windows of one part, or of all, in the plan's order. */
  windows(part?: RunTrack['part']): LabelledWindow[] {
    return this.plan.tracks.flatMap((track, i) =>
      part && track.part !== part ? [] : track.windows.map((window) => ({ ...window, track: i, class: track.class })),
    );
  }

  /** Writes mel frames `from`.. of a window to target, dB, starting at element `at`; the window starts anew at its end. */
  async read(window: RunWindow, from: number, nFrames: number, target: Float32Array, at: number): Promise<void> {
    for (let done = 0; done < nFrames; ) {
      const start = (from + done) % window.nFrames;
      const length = Math.min(nFrames - done, window.nFrames - start);
      const bytes = new Uint8Array(length * nMels);
      await this.#file.read(bytes, 0, bytes.length, window.offset + start * nMels);
      readMelBytes(bytes, target, at + done * nMels);
      done += length;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function endOf({ offset, nFrames }: RunWindow): number {
  return offset + nFrames * nMels;
}
