// One scan at a time: started by a command, followed through events, cancelled politely.
import type { AppEvents } from '../app-events.ts';
import { StemscapeError, toFailure } from '../domain/errors.ts';
import type { ScanProgress, ScanRequest, ScanSummary } from '../domain/scan.ts';
import type { ScanListeners } from '../library/scan.ts';
import type { Logger } from '../logger.ts';

type RunListeners = ScanListeners & { signal: AbortSignal };
export type RunScan = (request: ScanRequest, listeners: RunListeners) => Promise<ScanSummary>;

export class ScanService {
  readonly #runScan: RunScan;
  readonly #events: AppEvents;
  readonly #logger: Logger;
  #controller: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #progress: ScanProgress | null = null;
  #last: ScanSummary | null;

  /** @param last how the library's latest scan ended, from an earlier run */
  constructor(runScan: RunScan, events: AppEvents, logger: Logger, last: ScanSummary | null = null) {
    this.#last = last;
    this.#runScan = runScan;
    this.#events = events;
    this.#logger = logger;
  }

  status(): { running: boolean; progress: ScanProgress | null; last: ScanSummary | null } {
    return { running: this.#controller !== null, progress: this.#progress, last: this.#last };
  }

  /** Starts in the background and returns at once. @throws StemscapeError scan.running */
  start(request: ScanRequest): void {
    this.#begin(request, {}).catch((error: unknown) => {
      if (!(error instanceof StemscapeError)) this.#logger.error({ error }, 'The scan ended unexpectedly');
    });
  }

  /** Runs to its end. @throws StemscapeError scan.running | folder.* | library.locked */
  async run(request: ScanRequest, listeners: Omit<ScanListeners, 'onTracksChanged'>): Promise<ScanSummary> {
    return this.#begin(request, listeners);
  }

  /** Refuses at once, not with its promise, so that who starts a scan in the background hears of it too. */
  #begin(request: ScanRequest, listeners: ScanListeners): Promise<ScanSummary> {
    if (this.#controller !== null)
      throw new StemscapeError('scan.running', 'A scan is already running; wait for it or cancel it.');
    const controller = new AbortController();
    this.#controller = controller;
    const signal = listeners.signal ? AbortSignal.any([listeners.signal, controller.signal]) : controller.signal;
    const scan = this.#follow(request, { ...listeners, signal });
    this.#running = scan.then(
      () => {},
      () => {},
    );
    return scan;
  }

  async #follow(request: ScanRequest, { signal, onProgress }: RunListeners): Promise<ScanSummary> {
    try {
      const summary = await this.#runScan(request, {
        signal,
        onProgress: (progress) => {
          this.#progress = progress;
          onProgress?.(progress);
          this.#events.emit('scan.progress', progress);
        },
        onTracksChanged: (ids) => this.#events.emit('tracks.changed', { ids }),
      });
      this.#last = summary;
      this.#end({ summary, failure: null });
      return summary;
    } catch (error) {
      this.#end({ summary: null, failure: toFailure(error) });
      throw error;
    }
  }

  #end(outcome: { summary: ScanSummary | null; failure: ReturnType<typeof toFailure> | null }): void {
    this.#controller = null;
    this.#progress = null;
    this.#events.emit('scan.ended', outcome);
  }

  cancel(): void {
    this.#controller?.abort();
  }

  async close(): Promise<void> {
    this.cancel();
    await this.#running;
  }
}
