// The window's two address schemes: the interface with its policy, and media with ranges.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { fakeEngine } from '../server/fake-engine.ts';
import { protocol } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));
const { answerMedia } = await import('../../src/main/media-protocol.ts');
const { answerPage } = await import('../../src/main/page-protocol.ts');
const { originOf, pageUrl, registerSchemes } = await import('../../src/main/schemes.ts');

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stemscape-protocol-'));
  await mkdir(join(dir, 'renderer'));
  await writeFile(join(dir, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(join(dir, 'secret.txt'), 'secret');
  await writeFile(join(dir, 'song.flac'), new Uint8Array(1000).fill(9));
});
afterAll(() => rm(dir, { recursive: true }));

describe('stemscape://', () => {
  const get = (url: string, method = 'GET'): Promise<Response> => answerPage(new Request(url, { method }), join(dir, 'renderer'));

  test('the page comes with a strict policy', async () => {
    const response = await get('stemscape://app/index.html');
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).toContain("connect-src 'self' blob: media:");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'stemscape://app/../secret.txt',
    'stemscape://app/%2e%2e/secret.txt',
    'stemscape://app/..%2fsecret.txt',
    'stemscape://app/%',
    'stemscape://app/',
    'stemscape://other/index.html',
  ])('%s is not found', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  test('only GET', async () => {
    expect((await get('stemscape://app/index.html', 'POST')).status).toBe(404);
  });
});

describe('media://', () => {
  const engine = fakeEngine({
    media: ({ kind, id }) => {
      if (id === 13) throw new Error('the engine broke');
      return kind === 'audio' ? { kind: 'file', path: join(dir, 'song.flac'), mediaType: 'audio/flac' } : null;
    },
  });
  const get = (url: string, range?: string): Promise<Response> =>
    answerMedia(new Request(url, range ? { headers: { range } } : {}), {
      engine,
      pageOrigin: 'stemscape://app',
      logger: SILENT_LOGGER,
    });

  test('a seek gets its part, and the page may read it', async () => {
    const response = await get('media://app/audio/12', 'bytes=100-199');
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 100-199/1000');
    expect(response.headers.get('access-control-allow-origin')).toBe('stemscape://app');
    expect((await response.arrayBuffer()).byteLength).toBe(100);
  });

  test('from the start is 206 too, as players need', async () => {
    const response = await get('media://app/audio/12', 'bytes=0-');
    expect(response.status).toBe(206);
    await response.body?.cancel();
  });

  test('the page may ask for ranges', async () => {
    const asked = new Request('media://app/stem/12/bass', { method: 'OPTIONS' });
    const response = await answerMedia(asked, { engine, pageOrigin: 'stemscape://app', logger: SILENT_LOGGER });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toBe('range');
    expect(response.headers.get('access-control-allow-origin')).toBe('stemscape://app');
  });

  test('past the end is 416', async () => {
    const response = await get('media://app/audio/12', 'bytes=1000-');
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */1000');
  });

  test.each(['media://app/cover/12', 'media://app/audio/../../etc/passwd', 'media://app/', 'media://other/audio/12'])(
    '%s is not found',
    async (url) => {
      expect((await get(url)).status).toBe(404);
    },
  );

  test('an engine that fails is a 500, not a crash', async () => {
    expect((await get('media://app/audio/13')).status).toBe(500);
  });
});

describe('schemes', () => {
  test('both are standard and secure, and neither bypasses the policy', () => {
    registerSchemes();
    const [schemes] = protocol.registerSchemesAsPrivileged.mock.calls[0] ?? [];
    for (const { privileges } of schemes) {
      expect(privileges).toMatchObject({ standard: true, secure: true });
      expect(privileges).not.toHaveProperty('bypassCSP');
    }
  });

  test('the development page is never used by the packaged app', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173/' };
    expect(originOf(pageUrl(false, env))).toBe('http://localhost:5173');
    expect(originOf(pageUrl(true, env))).toBe('stemscape://app');
  });
});
