import { expect, it } from 'vitest';
import { type Running, runningWork } from '../../../src/renderer/lib/running-work.ts';

const NOTHING: Running = { scan: null, training: null, activation: null, map: null, tags: null, duplicates: undefined };

it('shows nothing while nothing runs', () => {
  expect(runningWork(NOTHING)).toEqual([]);
});

it('says of each how far it is, and where it can be watched', () => {
  const works = runningWork({
    scan: { stage: 'analyse', done: 30, total: 1200, tracksPerSec: 1, remainingSec: 90, failed: 0, currentPath: null },
    training: { mode: 'quick', stage: 'evaluate', fraction: 0.5, remainingSec: 4, epochs: [] },
    activation: { modelId: 'a', stage: 'score', done: 0, total: 0, remainingSec: null },
    map: { source: 'sound', stage: 'arrange', fraction: 0.25, remainingSec: 8 },
    tags: { kind: 'write', writeId: 1, done: 3, total: 4, nFailed: 1 },
    duplicates: null,
  });
  expect(works.map(({ view, fraction, detail }) => [view, fraction, detail])).toEqual([
    ['scan', 30 / 1200, '30 of 1,200'],
    ['teach', 0.5, 'Testing'],
    ['teach', null, ''],
    ['map', 0.25, 'Arranging the tracks'],
    ['scan', 0.75, '3 of 4'],
    ['scan', null, ''],
  ]);
  expect(new Set(works.map(({ name }) => name)).size).toBe(works.length);
});
