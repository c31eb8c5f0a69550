// The dialog that writes tags, the run under way and the history.
import '../runes.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandInput } from '../../../src/contract/index.ts';
import type { TagPreview, TagResult } from '../../../src/renderer/lib/tag-words.ts';
import { TagPreviewing } from '../../../src/renderer/state/tag-preview.svelte.ts';
import { TagWrites } from '../../../src/renderer/state/tag-writes.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeApi, refusal } from '../fake-api.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const REST_MS = 300;
const offer = { target: { kind: 'tracks' as const, ids: [1, 2] }, name: '2 tracks' };
const result: TagResult = { kind: 'write', writeId: 5, nDone: 2, nFailed: 0, failed: [], isCancelled: false };

function previewOf(planId: string): TagPreview {
  const change = { trackId: 1, path: '/music/1.mp3', field: 'genre' as const, before: [], after: ['Ska'] };
  return { planId, nFiles: 2, nChanges: 3, nUnchanged: 0, nRefused: 0, changes: [change], refused: [] };
}

function setUp() {
  let nPlans = 0;
  const api = new FakeApi({
    'tags.preview': () => previewOf(`plan ${++nPlans}`),
    'tags.changes': ({ offset }) => ({ changes: previewOf('').changes.map((change) => ({ ...change, trackId: offset + 1 })) }),
    'tags.write': () => ({ writeId: 5 }),
    'tags.undo': ({ writeId }) => ({ writeId }),
    'tags.cancel': () => ({}),
    'tags.status': () => ({ running: false, progress: null }),
    'tags.history': () => ({ writes: [] }),
  });
  const toasts = new Toasts();
  const writes = new TagWrites(api, toasts);
  const dialog = new TagPreviewing(api, toasts, writes);
  writes.listen();
  dialog.listen();
  const last = () => api.asked.at(-1)?.input as CommandInput<'tags.preview'>;
  return { api, toasts, writes, dialog, last };
}

describe('the preview', () => {
  it('is there when the dialog opens, of genres beside those in the file and without guesses', async () => {
    const { dialog, last } = setUp();
    dialog.open(offer);
    await vi.runAllTimersAsync();
    expect(last()).toMatchObject({ target: offer.target, fields: ['genre'], mode: 'add', guessFrom: null });
    expect([dialog.preview?.planId, dialog.isLooking]).toEqual(['plan 1', false]);
    await dialog.more();
    expect(dialog.changes.map(({ trackId }) => trackId)).toEqual([1, 2]);
  });

  it('is made anew when choices rest, and can never be written once they changed', async () => {
    const { dialog, api, last } = setUp();
    dialog.open(offer);
    await vi.runAllTimersAsync();
    dialog.choose({ mode: 'replace' });
    dialog.choose({ fields: ['genre', 'key'] });
    expect([dialog.preview, dialog.isLooking]).toEqual([null, true]);
    await dialog.write();
    expect(api.countOf('tags.write')).toBe(0);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(last()).toMatchObject({ fields: ['genre', 'key'], mode: 'replace' });
    expect([api.countOf('tags.preview'), dialog.preview?.planId]).toEqual([2, 'plan 2']);
    dialog.choose({ fields: [] });
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect([api.countOf('tags.preview'), dialog.preview, dialog.isLooking]).toEqual([2, null, false]);
  });

  it('ends when the dialog closes while files are looked at; its answer is dropped and not told', async () => {
    const { dialog, api, toasts } = setUp();
    const slow = Promise.withResolvers<TagPreview>();
    api.answers['tags.preview'] = () => slow.promise;
    dialog.open(offer);
    api.send('tags.progress', { kind: 'preview', writeId: null, done: 1, total: 2, nFailed: 0 });
    expect(dialog.progress?.done).toBe(1);
    dialog.close();
    expect(api.countOf('tags.cancel')).toBe(1);
    slow.reject(refusal('cancelled', 'Cancelled.'));
    await vi.runAllTimersAsync();
    expect([dialog.offer, dialog.preview, toasts.shown]).toEqual([null, null, []]);
  });
});

describe('writing', () => {
  it('writes the plan that was shown; the dialog shows the account, no message does', async () => {
    const { dialog, writes, api, toasts } = setUp();
    dialog.open(offer);
    await vi.runAllTimersAsync();
    await dialog.write();
    expect(api.asked.at(-1)).toEqual({ name: 'tags.write', input: { planId: 'plan 1' } });
    api.send('tags.progress', { kind: 'write', writeId: 5, done: 1, total: 2, nFailed: 0 });
    expect([writes.running, writes.progress?.done]).toEqual([true, 1]);
    api.send('tags.ended', { result, failure: null });
    await vi.advanceTimersByTimeAsync(0);
    expect([writes.running, writes.last, toasts.shown]).toEqual([false, result, []]);
    dialog.close();
    expect(writes.last).toBeNull();
  });

  it('goes on when the dialog closes, and then tells its end with an undo', async () => {
    const { dialog, api, toasts } = setUp();
    dialog.open(offer);
    await vi.runAllTimersAsync();
    await dialog.write();
    dialog.close();
    expect(api.countOf('tags.cancel')).toBe(0);
    api.send('tags.ended', { result, failure: null });
    expect(toasts.shown[0]?.text).toBe('Written into 2 files.');
    toasts.shown[0]?.action?.run();
    expect(api.asked.filter(({ name }) => name === 'tags.undo')).toEqual([{ name: 'tags.undo', input: { writeId: 5 } }]);
  });

  it('needs another look at the files after a write that failed as a whole', async () => {
    const { dialog, api, toasts } = setUp();
    dialog.open(offer);
    await vi.runAllTimersAsync();
    await dialog.write();
    api.send('tags.ended', { result: null, failure: { code: 'library.corrupt', message: 'The library is damaged.' } });
    expect([dialog.preview, toasts.shown[0]?.text]).toEqual([null, 'The library is damaged.']);
    dialog.lookAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect(dialog.preview?.planId).toBe('plan 2');
  });

  it('is over when it was refused, and the reason is told', async () => {
    const { writes, api, toasts } = setUp();
    api.answers['tags.write'] = () => {
      throw refusal('tags.running', 'The library is being scanned.');
    };
    expect(await writes.write('plan')).toBe(false);
    expect([writes.running, toasts.shown[0]?.text]).toEqual([false, 'The library is being scanned.']);
  });

  it('is found again after a reload of the window, and can be stopped', async () => {
    const { writes, api } = setUp();
    const progress = { kind: 'undo' as const, writeId: 3, done: 4, total: 9, nFailed: 0 };
    api.answers['tags.status'] = () => ({ running: true, progress });
    await writes.refresh();
    expect([writes.running, writes.progress]).toEqual([true, progress]);
    await writes.cancel();
    expect([writes.cancelling, api.countOf('tags.cancel')]).toEqual([true, 1]);
    api.answers['tags.status'] = () => ({ running: false, progress: null });
    api.send('tags.ended', { result: { ...result, kind: 'undo', isCancelled: true }, failure: null });
    await vi.advanceTimersByTimeAsync(0);
    expect([writes.running, writes.cancelling]).toEqual([false, false]);
  });
});
