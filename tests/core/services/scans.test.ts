import { describe, expect, it } from 'vitest';
import { createAppEvents } from '../../../src/core/app-events.ts';
import type { ScanSummary } from '../../../src/core/domain/scan.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { type RunScan, ScanService } from '../../../src/core/services/scans.ts';

const SUMMARY: ScanSummary = {
  found: 1,
  analysed: 1,
  unchanged: 0,
  moved: 0,
  failed: 0,
  missing: 0,
  skipped: 0,
  outdated: 0,
  cancelled: false,
  seconds: 1,
};
const REQUEST = { folders: [], reanalyse: 'none' } as const;

/** A scan that runs until it is cancelled. */
const untilCancelled: RunScan = (_request, { signal }) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve({ ...SUMMARY, cancelled: true })));

const service = (run: RunScan) => {
  const events = createAppEvents();
  const ended: unknown[] = [];
  events.on('scan.ended', (outcome) => ended.push(outcome));
  return { scans: new ScanService(run, events, SILENT_LOGGER), ended };
};

describe('ScanService', () => {
  it('runs one scan at a time and says so to the second', async () => {
    const { scans } = service(untilCancelled);
    const first = scans.run({ ...REQUEST, folders: [] }, {});
    await expect(scans.run({ ...REQUEST, folders: [] }, {})).rejects.toMatchObject({ code: 'scan.running' });
    scans.cancel();
    expect(await first).toMatchObject({ cancelled: true });
    expect(scans.status()).toMatchObject({ running: false, last: { cancelled: true } });
  });

  it('refuses at once when asked to start a second one in the background', async () => {
    const { scans } = service(untilCancelled);
    scans.start({ ...REQUEST, folders: [] });
    expect(() => scans.start({ ...REQUEST, folders: [] })).toThrow(expect.objectContaining({ code: 'scan.running' }));
    await scans.close();
  });

  it('tells a failure to whoever listens and is ready for the next scan', async () => {
    const { scans, ended } = service(() => Promise.reject(new Error('disk on fire')));
    await expect(scans.run({ ...REQUEST, folders: [] }, {})).rejects.toThrow('disk on fire');
    expect(ended).toMatchObject([{ summary: null, failure: { code: 'internal' } }]);
    expect(scans.status().running).toBe(false);
  });

  it('waits for a running scan to stop before it closes', async () => {
    const { scans, ended } = service(untilCancelled);
    scans.start({ ...REQUEST, folders: [] });
    await scans.close();
    expect(ended).toHaveLength(1);
  });
});
