// Training and the registry of models, as the window follows them.
import type {
  ActivationProgress,
  CommandParsed,
  InterruptedTraining,
  ModelComparison,
  ModelDetail,
  ModelSummary,
  TrainPlan,
  TrainProgress,
} from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { base64Of, bytesFromBase64 } from '../lib/base64.ts';
import { downloadBytes } from '../lib/download.ts';
import { throttle } from '../lib/rate-limit.ts';
import type { Toasts } from './toasts.svelte.ts';

export type TrainChoice = CommandParsed<'training.plan'>;

const PLAN_MS = 400;

export class Teaching {
  #api: Api;
  #toasts: Toasts;
  #plan = $state.raw<TrainPlan | null>(null);
  #progress = $state.raw<TrainProgress | null>(null);
  #interrupted = $state.raw<InterruptedTraining | null>(null);
  #models = $state.raw<ModelSummary[]>([]);
  #result = $state.raw<ModelDetail | null>(null);
  #activating = $state.raw<ActivationProgress | null>(null);
  #comparison = $state.raw<ModelComparison | null>(null);
  choice = $state<TrainChoice>({ mode: 'quick', name: null, genres: null, origins: ['hand', 'import'], seed: 1, join: 'auto' });
  /** Which part of the view is open. */
  pane = $state<'label' | 'check' | 'train' | 'versions'>('label');
  #planSoon = throttle(() => void this.readPlan(), PLAN_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  get plan(): TrainPlan | null {
    return this.#plan;
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
        this.#progress = progress;
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
    await Promise.all([this.readPlan(), this.readModels()]);
  }

  async readPlan(): Promise<void> {
    await this.#tell(async () => {
      this.#plan = await this.#api.call('training.plan', $state.snapshot(this.choice) as TrainChoice);
    });
  }

  async readModels(): Promise<void> {
    await this.#tell(async () => {
      this.#models = (await this.#api.call('models.list', {})).models;
      const shown = this.#result;
      if (shown && this.#models.some(({ id }) => id === shown.id)) await this.show(shown.id);
      else this.#result = null;
    });
  }

  change(change: Partial<TrainChoice>): void {
    this.choice = { ...this.choice, ...change };
    void this.readPlan();
  }

  start = () => this.#tell(() => this.#api.call('training.start', $state.snapshot(this.choice) as TrainChoice));
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
      const name = this.#models.find((model) => model.id === id)?.name ?? 'The model';
      this.#toasts.tell(`${name} is in use: ${nTracks} tracks follow it now.`, 'info', {
        name: 'Go back',
        run: () => void this.rollBack(),
      });
    });
    this.#activating = null;
  }

  cancelUse = () => this.#tell(() => this.#api.call('models.cancelUse', {}));

  async rollBack(): Promise<void> {
    await this.#tell(async () => {
      const { id } = await this.#api.call('models.rollback', {});
      this.#toasts.tell(`${this.#models.find((model) => model.id === id)?.name ?? 'The former model'} is in use again.`);
    });
    this.#activating = null;
  }

  rename = (id: string, name: string) => this.#tell(() => this.#api.call('models.rename', { id, name }));
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
      this.#toasts.tell(`${name} was added to your models.`);
    });
  }

  async #ended(modelId: string | null, failure: { code: string; message: string } | null): Promise<void> {
    this.#progress = null;
    if (failure && failure.code !== 'cancelled') this.#toasts.tell(failure.message, 'failure');
    await this.readModels();
    if (modelId !== null) await this.show(modelId);
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
