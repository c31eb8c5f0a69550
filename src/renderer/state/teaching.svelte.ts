// Training and the registry of models, as the window follows them.
import type {
  ActivationProgress,
  Failure,
  InterruptedTraining,
  ModelComparison,
  ModelDetail,
  ModelSummary,
  TrainProgress,
} from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { base64Of, bytesFromBase64 } from '../lib/base64.ts';
import { downloadBytes } from '../lib/download.ts';
import { failureText } from '../lib/failure-words.ts';
import { formatPercent } from '../lib/format.ts';
import { t } from '../lib/language.ts';
import { throttle } from '../lib/rate-limit.ts';
import { modelName } from '../lib/training-words.ts';
import { viewOf } from './router.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import { TrainSetup } from './train-setup.svelte.ts';

const PLAN_MS = 400;

export class Teaching {
  readonly setup: TrainSetup;
  #api: Api;
  #toasts: Toasts;
  #progress = $state.raw<TrainProgress | null>(null);
  #interrupted = $state.raw<InterruptedTraining | null>(null);
  #models = $state.raw<ModelSummary[]>([]);
  #result = $state.raw<ModelDetail | null>(null);
  #activating = $state.raw<ActivationProgress | null>(null);
  #comparison = $state.raw<ModelComparison | null>(null);
  /** Which part of the view is open. */
  pane = $state<'label' | 'check' | 'train' | 'versions'>('label');
  #planSoon = throttle(() => void this.setup.read(), PLAN_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
    this.setup = new TrainSetup(api, toasts);
  }

  /** While a training runs. */
  get progress(): TrainProgress | null {
    return this.#progress;
  }

  get interrupted(): InterruptedTraining | null {
    return this.#interrupted;
  }

  get models(): readonly ModelSummary[] {
    return this.#models;
  }

  /** The model whose figures are shown. */
  get result(): ModelDetail | null {
    return this.#result;
  }

  get activating(): ActivationProgress | null {
    return this.#activating;
  }

  get comparison(): ModelComparison | null {
    return this.#comparison;
  }

  listen(): () => void {
    const stops = [
      this.#api.on('training.progress', (progress) => {
        this.#progress = withLastFraction(progress, this.#progress);
      }),
      this.#api.on('training.ended', ({ modelId, failure }) => void this.#ended(modelId, failure)),
      this.#api.on('models.changed', () => void this.readModels()),
      this.#api.on('models.activating', (progress) => {
        this.#activating = progress.stage === 'done' ? null : progress;
      }),
      this.#api.on('labels.changed', () => this.#planSoon()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async refresh(): Promise<void> {
    await this.#tell(async () => {
      const { progress, interrupted } = await this.#api.call('training.status', {});
      this.#progress = progress;
      this.#interrupted = interrupted;
    });
    await Promise.all([this.setup.read(), this.readModels()]);
  }

  async readModels(): Promise<void> {
    await this.#tell(async () => {
      this.#models = (await this.#api.call('models.list', {})).models;
      const shown = this.#result;
      if (shown && this.#models.some(({ id }) => id === shown.id)) await this.show(shown.id);
      else this.#result = null;
    });
  }

  async start(): Promise<void> {
    await this.setup.read();
    const { choice, unnamed } = this.setup;
    const started = await this.#tell(() => this.#api.call('training.start', { ...choice, name: choice.name ?? unnamed }));
    if (started) this.setup.rename('');
  }

  cancel = () => this.#tell(() => this.#api.call('training.cancel', {}));

  async resume(): Promise<void> {
    await this.#tell(() => this.#api.call('training.resume', {}));
    this.#interrupted = null;
  }

  async discard(): Promise<void> {
    await this.#tell(() => this.#api.call('training.discard', {}));
    this.#interrupted = null;
  }

  /** Reads a model's figures and shows them. */
  async show(id: string): Promise<void> {
    await this.#tell(async () => {
      this.#result = await this.#api.call('models.get', { id });
    });
  }

  closeResult(): void {
    this.#result = null;
  }

  async use(id: string): Promise<void> {
    await this.#tell(async () => {
      const { nTracks } = await this.#api.call('models.use', { id });
      const model = this.#named(id) ?? t('teach.theModel');
      this.#toasts.tell(t('teach.modelInUse', { model, n: nTracks }), 'info', {
        name: t('teach.goBack'),
        run: () => void this.rollBack(),
      });
    });
    this.#activating = null;
  }

  cancelUse = () => this.#tell(() => this.#api.call('models.cancelUse', {}));

  async rollBack(): Promise<void> {
    await this.#tell(async () => {
      const { id } = await this.#api.call('models.rollback', {});
      this.#toasts.tell(t('teach.inUseAgain', { model: this.#named(id) ?? t('teach.theFormerModel') }));
    });
    this.#activating = null;
  }

  async rename(id: string, name: string): Promise<void> {
    const before = this.#named(id);
    const renamed = await this.#tell(() => this.#api.call('models.rename', { id, name }));
    if (!renamed || before === null || before === renamed.name) return;
    this.#toasts.tell(t('teach.renamed', { before, name: renamed.name }), 'info', {
      name: t('common.undo'),
      run: () => void this.#tell(() => this.#api.call('models.rename', { id, name: before })),
    });
  }

  remove = (id: string) => this.#tell(() => this.#api.call('models.remove', { id }));

  async compare(a: string, b: string): Promise<void> {
    await this.#tell(async () => {
      this.#comparison = await this.#api.call('models.compare', { a, b });
    });
  }

  closeComparison(): void {
    this.#comparison = null;
  }

  /** Ids of the labelled tracks in one cell of the confusion matrix. */
  async confused(label: string, guess: string): Promise<number[]> {
    const id = this.#result?.id;
    if (id === undefined) return [];
    const answer = await this.#tell(() => this.#api.call('models.confused', { id, label, guess }));
    return answer?.trackIds ?? [];
  }

  async exportModel(id: string): Promise<void> {
    await this.#tell(async () => {
      const { fileName, base64 } = await this.#api.call('models.export', { id });
      downloadBytes(fileName, bytesFromBase64(base64), 'application/zip');
    });
  }

  async importModel(file: File): Promise<void> {
    await this.#tell(async () => {
      const { name } = await this.#api.call('models.import', { base64: await base64Of(file) });
      this.#toasts.tell(t('teach.modelImported', { model: name }));
    });
  }

  async #ended(modelId: string | null, failure: Failure | null): Promise<void> {
    this.#progress = null;
    if (failure && failure.code !== 'cancelled') this.#toasts.tell(failureText(failure), 'failure');
    await this.readModels();
    if (modelId === null) return;
    await this.show(modelId);
    if (this.pane !== 'train' || viewOf(window.location.hash) !== 'teach') this.#tellTrained(modelId);
  }

  /** For a person who is busy elsewhere in the window. */
  #tellTrained(id: string): void {
    const model = this.#named(id) ?? t('teach.theModel');
    const accuracy = this.#result?.evaluation?.accuracy ?? null;
    const text =
      accuracy === null ? t('teach.trainedPlain', { model }) : t('teach.trained', { model, percent: formatPercent(accuracy) });
    this.#toasts.tell(text, 'info', {
      name: t('teach.showIt'),
      run: () => {
        this.pane = 'train';
        window.location.hash = '#/teach';
      },
    });
  }

  #named(id: string): string | null {
    const model = this.#models.find((each) => each.id === id);
    return model ? modelName(model) : null;
  }

  async #tell<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#toasts.fail(error);
      return null;
    }
  }
}

/** News of an epoch come without how far the stage is: what was known of it stays. */
function withLastFraction(progress: TrainProgress, last: TrainProgress | null): TrainProgress {
  if (progress.fraction !== null || last?.stage !== progress.stage) return progress;
  return { ...progress, fraction: last.fraction, remainingSec: last.remainingSec };
}
