// One training at a time: started by a command, followed through events, cancelled politely; gradient training survives a crash.
import { type Failure, StemscapeError, toFailure } from '../domain/errors.ts';
import type { InterruptedTraining, TrainMode, TrainPlan, TrainProgress, TrainRequest } from '../domain/training.ts';
import { type GradientRequest, GradientRun } from '../models/gradient-run.ts';
import { planTraining, prepareTraining } from '../models/prepare-training.ts';
import { beginRun, type GradientSignals, trainGradient } from './gradient-training.ts';
import { trainQuick } from './quick-training.ts';
import { ProgressTeller, type Report, type TrainingParts } from './training-parts.ts';

export interface TrainingStatus {
  progress: TrainProgress | null;
  interrupted: InterruptedTraining | null;
  last: TrainingOutcome | null;
}

export interface TrainingOutcome {
  modelId: string | null;
  failure: Failure | null;
}

interface Running {
  stop: AbortController;
  finish: AbortController;
  progress: TrainProgress;
  /** Fulfilled when it is over in whatever way. */
  settled: Promise<void>;
}

/** In an object, so that waiting for the beginning does not wait for the end. */
interface Launched {
  ended: Promise<string>;
}

export class TrainingService {
  readonly #parts: TrainingParts;
  readonly #run: GradientRun;
  #running: Running | null = null;
  #last: TrainingOutcome | null = null;
  #isClosing = false;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
    this.#run = new GradientRun(parts.libraryDir);
  }

  plan(request: TrainRequest): TrainPlan {
    return planTraining(this.#parts, request).plan;
  }

  async status(): Promise<TrainingStatus> {
    const interrupted = this.#running === null ? await this.#run.interrupted() : null;
    return { progress: this.#running?.progress ?? null, interrupted, last: this.#last };
  }

  /** Starts in the background. @throws StemscapeError training.running | training.tooFewLabels */
  async start(request: TrainRequest): Promise<void> {
    const { ended } = await this.#begin(request);
    ended.catch(() => {});
  }

  /** Runs to its end. @returns the new model's id @throws StemscapeError, `cancelled` among them */
  async run(request: TrainRequest): Promise<string> {
    const { ended } = await this.#begin(request);
    return ended;
  }

  /** Goes on with the interrupted training, in the background. @throws StemscapeError training.running | input.invalid */
  async resume(): Promise<void> {
    const { ended } = await this.#goOn();
    ended.catch(() => {});
  }

  /** As `resume`, to its end. @returns the new model's id */
  async resumeToEnd(): Promise<string> {
    const { ended } = await this.#goOn();
    return ended;
  }

  /** Forgets the interrupted training. @throws StemscapeError training.running */
  async discard(): Promise<void> {
    this.#refuseSecond();
    await this.#run.discard();
  }

  /** Gradient steps end with the best so far; any other stage, and a second cancel, ends without a model. */
  cancel(): void {
    if (this.#running === null) return;
    const { progress, finish, stop } = this.#running;
    if (progress.stage === 'finetune' && !finish.signal.aborted) finish.abort();
    else stop.abort(cancelled());
  }

  /** A gradient training stays on disk, to be gone on with. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#running?.stop.abort(cancelled());
    await this.#running?.settled;
  }

  async #begin(request: TrainRequest): Promise<Launched> {
    this.#refuseSecond();
    const { mode } = request;
    if (mode === 'quick') {
      const prepared = prepareTraining(this.#parts, request);
      return this.#launch(mode, (report, { stop }) => trainQuick(this.#parts, request, prepared, report, stop));
    }
    if ((await this.#run.note()) !== null) {
      throw new StemscapeError('training.running', 'An interrupted training waits; go on with it or discard it first.');
    }
    this.#refuseSecond();
    const gradient: GradientRequest = { ...request, mode };
    const prepared = prepareTraining(this.#parts, gradient);
    return this.#launch(mode, async (report, signals) => {
      await beginRun(this.#run, gradient, prepared, this.#parts.nowMs());
      return this.#trainOn(report, signals);
    });
  }

  async #goOn(): Promise<Launched> {
    this.#refuseSecond();
    const note = await this.#run.note();
    if (!note) throw new StemscapeError('input.invalid', 'There is no interrupted training to go on with.');
    this.#refuseSecond();
    return this.#launch(note.request.mode, (report, signals) => this.#trainOn(report, signals));
  }

  async #trainOn(report: Report, signals: GradientSignals): Promise<string> {
    const note = await this.#run.note();
    if (!note) throw new StemscapeError('disk.full', 'The training could not be written into the library folder.');
    try {
      return await trainGradient(this.#parts, this.#run, note, report, signals);
    } catch (error) {
      const { code } = toFailure(error);
      const isOver = code === 'training.tooFewLabels' || (code === 'cancelled' && !this.#isClosing);
      if (isOver) await this.#run.discard();
      throw error;
    }
  }

  #refuseSecond(): void {
    if (this.#running !== null) throw new StemscapeError('training.running', 'A training is running; wait for it or cancel it.');
  }

  #launch(mode: TrainMode, train: (report: Report, signals: GradientSignals) => Promise<string>): Launched {
    const [stop, finish] = [new AbortController(), new AbortController()];
    const teller = new ProgressTeller(mode, (progress) => {
      running.progress = progress;
      this.#parts.events.emit('training.progress', progress);
    });
    const progress: TrainProgress = {
      mode,
      stage: mode === 'quick' ? 'head' : 'listen',
      fraction: null,
      remainingSec: null,
      epochs: [],
    };
    const running: Running = { stop, finish, progress, settled: Promise.resolve() };
    this.#running = running;
    const ended = train(teller.report, { stop: stop.signal, finish: finish.signal });
    running.settled = ended.then(
      (modelId) => this.#end({ modelId, failure: null }, teller),
      (error: unknown) => {
        if (!(error instanceof StemscapeError)) this.#parts.logger.error({ error }, 'The training ended unexpectedly');
        this.#end({ modelId: null, failure: toFailure(error) }, teller);
      },
    );
    return { ended: running.settled.then(() => ended) };
  }

  #end(outcome: TrainingOutcome, teller: ProgressTeller): void {
    if (outcome.modelId !== null) teller.report('done', 1);
    this.#running = null;
    this.#last = outcome;
    this.#parts.events.emit('training.ended', outcome);
  }
}

function cancelled(): StemscapeError {
  return new StemscapeError('cancelled', 'The training was cancelled; nothing was changed.');
}
