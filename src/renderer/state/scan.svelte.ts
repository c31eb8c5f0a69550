// The scan: what it is doing now, how the last one ended, and what it could not read.
import type { CommandInput, ScanProgress, ScanSummary, SkippedFile } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { failureText } from '../lib/failure-words.ts';
import { t } from '../lib/language.ts';
import type { Toasts } from './toasts.svelte.ts';

type StartInput = CommandInput<'scan.start'>;

export class Scan {
  #api: Api;
  #toasts: Toasts;
  #onEnd: () => void;
  #running = $state(false);
  #cancelling = $state(false);
  #progress = $state.raw<ScanProgress | null>(null);
  #last = $state.raw<ScanSummary | null>(null);
  #skipped = $state.raw<SkippedFile[]>([]);

  constructor(api: Api, toasts: Toasts, onEnd: () => void) {
    this.#api = api;
    this.#toasts = toasts;
    this.#onEnd = onEnd;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Asked to stop, not stopped yet. */
  get cancelling(): boolean {
    return this.#cancelling;
  }

  get progress(): ScanProgress | null {
    return this.#progress;
  }

  get last(): ScanSummary | null {
    return this.#last;
  }

  get skipped(): readonly SkippedFile[] {
    return this.#skipped;
  }

  /** 0..1 of the present stage, null while its size is not known. */
  get fraction(): number | null {
    const progress = this.#progress;
    return progress?.total ? Math.min(1, progress.done / progress.total) : null;
  }

  listen(): () => void {
    const stops = [
      this.#api.on('scan.progress', (progress) => {
        this.#running = true;
        this.#progress = progress;
      }),
      this.#api.on('scan.ended', ({ summary, failure }) => {
        this.#ended(summary);
        if (failure && failure.code !== 'cancelled') this.#toasts.tell(failureText(failure), 'failure');
        else if (summary) this.#toasts.tell(endSentence(summary));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      const { running, progress, last } = await this.#api.call('scan.status', {});
      this.#running = running;
      this.#progress = progress;
      this.#last = last;
      this.#skipped = await this.#api.call('library.skipped', {});
    });
  }

  start(input: StartInput): Promise<boolean> {
    return this.#begin(() => this.#api.call('scan.start', input));
  }

  startDemo(): Promise<boolean> {
    return this.#begin(() => this.#api.call('scan.demo', {}));
  }

  retry(ids: number[]): Promise<boolean> {
    return this.#begin(() => this.#api.call('tracks.retry', { ids }));
  }

  async cancel(): Promise<void> {
    this.#cancelling = true;
    await this.#attempt(() => this.#api.call('scan.cancel', {}));
  }

  async #begin(ask: () => Promise<unknown>): Promise<boolean> {
    this.#cancelling = false;
    return this.#attempt(async () => {
      await ask();
      const { running, progress } = await this.#api.call('scan.status', {});
      this.#running = running;
      this.#progress = progress ?? this.#progress;
    });
  }

  async #attempt(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (error) {
      this.#toasts.fail(error);
      return false;
    }
  }

  #ended(summary: ScanSummary | null): void {
    this.#running = false;
    this.#cancelling = false;
    this.#progress = null;
    this.#last = summary ?? this.#last;
    void this.refresh();
    this.#onEnd();
  }
}

export function endSentence(summary: ScanSummary): string {
  const parts = [t('scan.tracksAnalysed', { n: summary.analysed })];
  if (summary.unchanged > 0) parts.push(t('scan.tracksUnchanged', { n: summary.unchanged }));
  if (summary.failed > 0) parts.push(t('scan.nFailed', { n: summary.failed }));
  const said = { parts: parts.join(', ') };
  return summary.cancelled ? t('scan.stopped', said) : t('scan.finished', said);
}
