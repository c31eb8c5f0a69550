// The server's door: who gets in, with what headers, and what stays outside.
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from './running-server.ts';

describe('the token', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
    return () => server.dispose();
  });

  test('becomes a strict cookie and a clean address', async () => {
    const reply = await server.get(`/?token=${server.token}`);
    expect(reply.status).toBe(303);
    expect(reply.headers.location).toBe('/');
    expect(reply.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/?token=${server.token}`);
  });

  test('works once, and again only for who has the cookie', async () => {
    const cookie = await server.signIn();
    expect((await server.get(`/?token=${server.token}`)).status).toBe(401);
    expect((await server.get(`/?token=${server.token}`, { cookie })).status).toBe(303);
  });

  test('is not spent by a HEAD request or by a wrong guess', async () => {
    expect((await server.get('/?token=guess')).status).toBe(401);
    expect((await server.get(`/?token=${server.token}`, {}, 'HEAD')).status).toBe(401);
    expect((await server.get(`/?token=${server.token}`)).status).toBe(303);
  });
});

describe('pages and files', () => {
  let server: TestServer;
  let cookie = '';
  beforeAll(async () => {
    server = await startServer();
    cookie = await server.signIn();
  });
  afterAll(() => server.dispose());

  test('need the cookie', async () => {
    for (const path of ['/', '/assets/index.js', '/media/audio/1']) expect((await server.get(path)).status).toBe(401);
    expect((await server.get('/', { cookie: 'stemscape=guess' })).status).toBe(401);
    expect((await server.get('/', { cookie })).text).toContain('<title>Stemscape</title>');
    expect((await server.get('/assets/index.js', { cookie })).headers['content-type']).toContain('javascript');
  });

  test('carry a strict policy', async () => {
    const { headers } = await server.get('/', { cookie });
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test('another host name is refused: DNS rebinding', async () => {
    expect((await server.get('/', { cookie, host: `evil.example:${server.port}` })).status).toBe(421);
    expect((await server.get('/', { cookie, host: '127.0.0.1:1' })).status).toBe(421);
    expect((await server.get('/', { cookie, host: `localhost:${server.port}` })).status).toBe(200);
  });

  test('another origin is refused, also one on this machine', async () => {
    expect((await server.get('/media/audio/1', { cookie, origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await server.get('/media/audio/1', { cookie, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    const linked = { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await server.get('/', linked)).status).toBe(200);
    expect((await server.get('/assets/index.js', linked)).status).toBe(403);
  });

  test('nothing outside the interface can be reached', async () => {
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '//etc/passwd']) {
      const reply = await server.get(path, { cookie });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.text).not.toBe('secret');
    }
    expect((await server.get('/', { cookie }, 'POST')).status).toBe(405);
  });
});

test('folders named at the start are scanned', async () => {
  const server = await startServer({}, ['/music']);
  expect(server.engine.requests).toMatchObject([{ name: 'scan.start', input: { folders: ['/music'] } }]);
  await server.dispose();
});

test('media: ranges by track id, 404 for what is no resource', async () => {
  const bytes = new Uint8Array(100).fill(7);
  const server = await startServer({
    media: (resource) =>
      resource.kind === 'waveform' ? { kind: 'bytes', bytes, mediaType: 'application/octet-stream', headers: {} } : null,
  });
  const cookie = await server.signIn();
  const reply = await server.get('/media/waveform/12', { cookie, range: 'bytes=90-' });
  expect(reply).toMatchObject({ status: 206, text: '\x07'.repeat(10), headers: { 'content-range': 'bytes 90-99/100' } });
  for (const path of ['/media/audio/1', '/media/audio/..%2f..%2fetc', '/media/audio/0', `/media${join('/', server.dir)}`]) {
    expect((await server.get(path, { cookie })).status).toBe(404);
  }
  await server.dispose();
});
