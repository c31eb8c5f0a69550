// What a scan says while it runs: progress at most ten times a second, and which tracks changed.
import type { ScanProgress, ScanStage } from '../domain/scan.ts';

const INTERVAL_MS = 100;
const RATE_WINDOW_MS = 60_000;
const RATE_MAX_SAMPLES = 200;
/** More changed tracks than this are announced as "read the view again". */
const MAX_NAMED_CHANGES = 500;

export interface ProgressMeter {
  begin(stage: ScanStage, total: number | null): void;
  step(currentPath: string | null): void;
  failed(): void;
  trackChanged(id: number): void;
  /** Says what was held back. */
  flush(): void;
}

export interface ProgressListeners {
  onProgress?: ((progress: ScanProgress) => void) | undefined;
  onTracksChanged?: ((ids: number[] | null) => void) | undefined;
}

export function createProgressMeter(listeners: ProgressListeners, nowMs: () => number): ProgressMeter {
  let stage: ScanStage = 'walk';
  let done = 0;
  let total: number | null = null;
  let nFailed = 0;
  let currentPath: string | null = null;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let finishedAtMs: number[] = [];
  const changed = new Set<number>();

  function rate(): number | null {
    const now = nowMs();
    finishedAtMs = finishedAtMs.filter((at) => now - at <= RATE_WINDOW_MS).slice(-RATE_MAX_SAMPLES);
    const first = finishedAtMs[0];
    return first === undefined || now <= first ? null : (finishedAtMs.length - 1) / ((now - first) / 1000) || null;
  }

  function say(): void {
    saidAtMs = nowMs();
    const tracksPerSec = stage === 'analyse' ? rate() : null;
    const remainingSec = tracksPerSec === null || total === null ? null : (total - done) / tracksPerSec;
    listeners.onProgress?.({ stage, done, total, tracksPerSec, remainingSec, failed: nFailed, currentPath });
    if (changed.size === 0) return;
    listeners.onTracksChanged?.(changed.size > MAX_NAMED_CHANGES ? null : [...changed]);
    changed.clear();
  }

  function sayIfDue(): void {
    if (nowMs() - saidAtMs >= INTERVAL_MS) say();
  }

  return {
    begin(next, nextTotal) {
      stage = next;
      done = 0;
      total = nextTotal;
      currentPath = null;
      finishedAtMs = [nowMs()];
      say();
    },
    step(path) {
      done++;
      currentPath = path;
      if (stage === 'analyse') finishedAtMs.push(nowMs());
      sayIfDue();
    },
    failed: () => void nFailed++,
    trackChanged: (id) => void changed.add(id),
    flush: say,
  };
}
