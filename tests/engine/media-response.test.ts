// Byte ranges: what a player's seek gets back.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MediaAnswer } from '../../src/engine/engine.ts';
import { type MediaReply, mediaResponse, parseRange } from '../../src/engine/media-response.ts';

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
let dir = '';
let file: MediaAnswer;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stemscape-media-'));
  await writeFile(join(dir, 'tone.flac'), bytes);
  await writeFile(join(dir, 'empty.flac'), '');
  file = { kind: 'file', path: join(dir, 'tone.flac'), mediaType: 'audio/flac' };
});
afterAll(() => rm(dir, { recursive: true }));

async function bodyOf(reply: MediaReply): Promise<Uint8Array> {
  if (reply.body === null) return new Uint8Array();
  return reply.body instanceof Uint8Array ? reply.body : await buffer(reply.body);
}

describe('parseRange', () => {
  test.each([
    ['bytes=0-', { start: 0, end: 999 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=990-5000', { start: 990, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['seconds=1-2', null],
    [null, null],
  ])('%s', (header, expected) => {
    expect(parseRange(header, 1000)).toEqual(expected);
  });

  test('nothing of an empty file can be had', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable');
  });
});

describe('mediaResponse', () => {
  test('a whole file', async () => {
    const reply = await mediaResponse(file, null, 'GET');
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '1000',
      'content-type': 'audio/flac',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.compare(await bodyOf(reply), bytes)).toBe(0);
  });

  test('a range of a file and of bytes', async () => {
    for (const answer of [file, { kind: 'bytes', bytes, mediaType: 'audio/wav', headers: { 'x-frames': '5' } } as const]) {
      const reply = await mediaResponse(answer, 'bytes=100-199', 'GET');
      expect(reply.status).toBe(206);
      expect(reply.headers).toMatchObject({ 'content-range': 'bytes 100-199/1000', 'content-length': '100' });
      expect(Buffer.compare(await bodyOf(reply), bytes.subarray(100, 200))).toBe(0);
    }
  });

  test('bytes keep their own headers', async () => {
    const reply = await mediaResponse({ kind: 'bytes', bytes, mediaType: 'x/y', headers: { 'x-frames': '5' } }, null, 'GET');
    expect(reply.headers['x-frames']).toBe('5');
  });

  test('a range past the end', async () => {
    const reply = await mediaResponse(file, 'bytes=1000-', 'GET');
    expect(reply).toMatchObject({ status: 416, body: null, headers: { 'content-range': 'bytes */1000' } });
  });

  test('HEAD has the length, no body, and no range', async () => {
    const reply = await mediaResponse(file, 'bytes=0-9', 'HEAD');
    expect(reply).toMatchObject({ status: 200, body: null, headers: { 'content-length': '1000' } });
  });

  test('an empty file is a reply without body', async () => {
    const reply = await mediaResponse({ ...file, path: join(dir, 'empty.flac') } as MediaAnswer, null, 'GET');
    expect(reply).toMatchObject({ status: 200, body: null, headers: { 'content-length': '0' } });
  });

  test('a missing file, a folder and no answer are 404', async () => {
    for (const path of [join(dir, 'gone.flac'), dir]) {
      expect(await mediaResponse({ kind: 'file', path, mediaType: 'audio/flac' }, null, 'GET')).toMatchObject({ status: 404 });
    }
    expect(await mediaResponse(null, null, 'GET')).toMatchObject({ status: 404, body: null });
  });
});
