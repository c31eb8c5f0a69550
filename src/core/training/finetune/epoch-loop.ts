// The epochs of a training: steps, validation, the best weights so far, and a checkpoint after each.
import type { TensorBackend } from '../../domain/analysis.ts';
import { StemscapeError } from '../../domain/errors.ts';
import type { EpochFigures } from '../../domain/training.ts';
import type { Encoder } from '../../nn/encoder.ts';
import { TailTrainer } from '../../nn/tfjs/tail-trainer.ts';
import type { TensorValues } from '../../nn/tfjs/tail-weights.ts';
import { type Batch, planEpoch, readBatch, stepsPerEpoch } from './batches.ts';
import { type Checkpoint, planDigest, writeCheckpoint } from './checkpoint.ts';
import { learningRate } from './learning-rate.ts';
import type { LabelledWindow, RunReader } from './run-folder.ts';
import { validate } from './validation.ts';

export interface LoopOptions {
  runDir: string;
  backend: TensorBackend;
  pulse: (fraction: number) => void;
  signal: AbortSignal | undefined;
}

export class EpochLoop {
  readonly #run: RunReader;
  readonly #encoder: Encoder;
  readonly #trainer: TailTrainer;
  readonly #options: LoopOptions;
  readonly #training: LabelledWindow[];
  readonly #validation: LabelledWindow[];
  #epochs: EpochFigures[] = [];
  #bestEpoch = 0;
  /** The trained tensors after the best epoch. */
  #best: TensorValues = new Map();

  constructor(run: RunReader, encoder: Encoder, values: TensorValues, options: LoopOptions) {
    const { tail, embeddingSize } = encoder.manifest;
    const { genres, recipe } = run.plan;
    this.#run = run;
    this.#encoder = encoder;
    this.#options = options;
    this.#trainer = new TailTrainer(tail, values, {
      embeddingSize,
      nGenres: genres.length,
      headRateFactor: recipe.headRateFactor,
    });
    this.#training = run.windows('train');
    this.#validation = run.windows('validation');
  }

  get isOver(): boolean {
    const { maxEpochs, patience } = this.#run.plan.recipe;
    const nEpochs = this.#epochs.length;
    return nEpochs >= maxEpochs || (nEpochs > 0 && nEpochs - this.#bestEpoch >= patience);
  }

  /** Trains one epoch; its checkpoint is on the disk when it returns. @throws StemscapeError cancelled | model.failed */
  async runEpoch(): Promise<EpochFigures> {
    const { recipe, seed } = this.#run.plan;
    const epoch = this.#epochs.length + 1;
    const nSteps = stepsPerEpoch(this.#training.length, recipe);
    let sum = 0;
    for (const [i, batch] of planEpoch(this.#training, recipe, seed, epoch).entries()) {
      sum += await this.#trainOn(batch, learningRate((epoch - 1) * nSteps + i, nSteps, recipe));
      this.#pulse(epoch - 1 + i / nSteps);
    }
    const { loss, accuracy } = await validate(this.#run, this.#validation, this.#encoder, this.#trainer, () =>
      this.#pulse(epoch),
    );
    const figures = { epoch, trainLoss: sum / nSteps, validationLoss: loss, validationAccuracy: accuracy };
    if (!Number.isFinite(figures.trainLoss + loss)) throw new StemscapeError('model.failed', 'The training has lost its way.');
    if (epoch === 1 || loss < this.#epochs[this.#bestEpoch - 1]!.validationLoss) {
      this.#bestEpoch = epoch;
      this.#best = this.#trainer.values();
    }
    this.#epochs = [...this.#epochs, figures];
    await writeCheckpoint(this.#options.runDir, this.checkpoint());
    return figures;
  }

  async #trainOn(batch: Batch, rate: number): Promise<number> {
    const { recipe } = this.#run.plan;
    const nWindows = batch.crops.length;
    const frames = await this.#encoder.frames(await readBatch(this.#run, batch), nWindows);
    return this.#trainer.train({
      frames,
      nWindows,
      nFrames: batch.nFrames,
      classes: Int32Array.from(batch.crops, ({ window }) => window.class),
      labelSmoothing: recipe.labelSmoothing,
      rate,
      weightDecay: recipe.weightDecay,
    });
  }

  /** @param nEpochs epochs done, with their fractions */
  #pulse(nEpochs: number): void {
    if (this.#options.signal?.aborted) throw new StemscapeError('cancelled', 'Cancelled.');
    this.#options.pulse(nEpochs / this.#run.plan.recipe.maxEpochs);
  }

  checkpoint(): Checkpoint {
    const { arrays, step } = this.#trainer.state();
    for (const [name, value] of this.#best) arrays.set(`best/${name}`, value);
    return {
      planSha256: planDigest(this.#run.planText),
      baseSha256: this.#encoder.manifest.sha256.weights,
      backend: this.#options.backend,
      step,
      bestEpoch: this.#bestEpoch,
      epochs: this.#epochs,
      arrays,
    };
  }

  resume({ step, bestEpoch, epochs, arrays }: Checkpoint): void {
    this.#trainer.restore({ step, arrays });
    this.#bestEpoch = bestEpoch;
    this.#epochs = epochs;
    this.#best = new Map([...arrays].filter(([name]) => name.startsWith('best/')).map(([name, value]) => [name.slice(5), value]));
  }

  dispose(): void {
    this.#trainer.dispose();
  }
}
