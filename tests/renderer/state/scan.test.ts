import '../runes.ts';
import { describe, expect, it, vi } from 'vitest';
import type { ScanProgress, ScanSummary } from '../../../src/contract/index.ts';
import { endSentence, Scan } from '../../../src/renderer/state/scan.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';

const PROGRESS: ScanProgress = {
  stage: 'analyse',
  done: 3,
  total: 12,
  tracksPerSec: 1,
  remainingSec: 9,
  failed: 1,
  currentPath: '/music/a.flac',
};
const SUMMARY: ScanSummary = {
  found: 12,
  analysed: 11,
  unchanged: 0,
  moved: 0,
  failed: 1,
  missing: 0,
  skipped: 0,
  outdated: 0,
  cancelled: false,
  seconds: 12,
};

function setUp() {
  const api = new FakeApi({
    'scan.start': () => ({}),
    'scan.cancel': () => ({}),
    'scan.status': () => ({ running: true, progress: null, last: null }),
    'library.skipped': () => [],
    'tracks.retry': () => ({}),
  });
  const toasts = new Toasts();
  const onEnd = vi.fn();
  const scan = new Scan(api, toasts, onEnd);
  scan.listen();
  return { api, toasts, onEnd, scan };
}

describe('the scan', () => {
  it('runs from its start, shows how far it is, and ends with an account', async () => {
    const { api, toasts, onEnd, scan } = setUp();
    expect(await scan.start({ folders: ['/music'] })).toBe(true);
    expect(scan.running).toBe(true);
    expect(scan.fraction).toBeNull();
    api.send('scan.progress', PROGRESS);
    expect(scan.fraction).toBe(0.25);
    api.answers['scan.status'] = () => ({ running: false, progress: null, last: SUMMARY });
    api.send('scan.ended', { summary: SUMMARY, failure: null });
    expect(scan.running).toBe(false);
    expect(scan.last).toEqual(SUMMARY);
    expect(onEnd).toHaveBeenCalledOnce();
    expect(toasts.shown[0]?.text).toBe('Scan finished: 11 tracks analysed, 1 failed.');
  });

  it('tells why a scan could not start', async () => {
    const { api, toasts, scan } = setUp();
    api.answers['scan.start'] = () => {
      throw refusal('folder.missing', 'There is no folder /nowhere.');
    };
    expect(await scan.start({ folders: ['/nowhere'] })).toBe(false);
    expect(scan.running).toBe(false);
    expect(toasts.shown).toMatchObject([{ tone: 'failure', text: 'There is no folder /nowhere.' }]);
  });

  it('shows that it was asked to stop, and tells no failure when it did', async () => {
    const { api, toasts, scan } = setUp();
    await scan.start({});
    await scan.cancel();
    expect(scan.cancelling).toBe(true);
    const summary = { ...SUMMARY, analysed: 2, failed: 0, cancelled: true };
    api.send('scan.ended', { summary, failure: { code: 'cancelled', message: 'Cancelled.' } });
    expect(scan.cancelling).toBe(false);
    expect(toasts.shown.map(({ tone }) => tone)).toEqual(['info']);
    expect(endSentence(summary)).toBe('Scan stopped: 2 tracks analysed.');
  });

  it('retries the tracks it is given', async () => {
    const { api, scan } = setUp();
    await scan.retry([4, 5]);
    expect(api.asked[0]).toEqual({ name: 'tracks.retry', input: { ids: [4, 5] } });
  });
});
