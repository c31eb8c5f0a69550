// Follows a map that is being drawn: stage, time left, and the points as they stand.
import type { AppEvents } from '../app-events.ts';
import type { TaskNews } from '../domain/analysis.ts';
import type { MapFrame, MapProgress, MapSource, MapStage } from '../domain/map.ts';

export class MapTeller {
  readonly #source: MapSource;
  readonly #events: AppEvents;
  #stage: MapStage = 'read';
  #stageStartMs = performance.now();
  #progress: MapProgress;
  #frame: MapFrame | null = null;

  constructor(source: MapSource, events: AppEvents) {
    this.#source = source;
    this.#events = events;
    this.#progress = { source, stage: 'read', fraction: null, remainingSec: null };
  }

  get progress(): MapProgress {
    return this.#progress;
  }

  /** The latest frame, always with its tracks. */
  get frame(): MapFrame | null {
    return this.#frame;
  }

  hear(fraction: number | null, news: TaskNews | undefined): void {
    if (news?.stage && news.stage !== this.#stage) {
      this.#stage = news.stage;
      this.#stageStartMs = performance.now();
    }
    this.#progress = { source: this.#source, stage: this.#stage, fraction, remainingSec: this.#remaining(fraction) };
    this.#events.emit('map.progress', this.#progress);
    if (!news?.frame) return;
    const { frame } = news;
    this.#frame = { ...frame, trackIds: frame.trackIds ?? this.#frame?.trackIds ?? null };
    this.#events.emit('map.frame', frame);
  }

  end(): void {
    this.#progress = { source: this.#source, stage: 'done', fraction: 1, remainingSec: null };
    this.#events.emit('map.progress', this.#progress);
  }

  #remaining(fraction: number | null): number | null {
    if (fraction === null || fraction < 0.02) return null;
    return ((performance.now() - this.#stageStartMs) / 1000 / fraction) * (1 - fraction);
  }
}
