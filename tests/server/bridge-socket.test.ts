// The contract over a real WebSocket.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServer, type TestServer } from './running-server.ts';

let server: TestServer;
let cookie = '';
let sockets: WebSocket[] = [];

beforeEach(async () => {
  server = await startServer({
    handle: (request) => {
      if (request.name === 'settings.get') throw new Error('the engine broke');
      return { ok: true, value: { echo: request.input } };
    },
  });
  cookie = await server.signIn();
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await server.dispose();
});

function connect(headers: Record<string, string>, path = '/bridge'): Promise<WebSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
  sockets.push(socket);
  socket.once('open', () => resolve(socket)).once('error', reject);
  return promise;
}

function ownPage(): Record<string, string> {
  return { cookie, origin: `http://127.0.0.1:${server.port}` };
}

function next(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
}

function ask(socket: WebSocket, message: unknown): Promise<unknown> {
  const answer = next(socket);
  socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return answer;
}

const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

describe('connecting', () => {
  test('needs the cookie, our origin and our host name', async () => {
    const origin = `http://127.0.0.1:${server.port}`;
    await expect(connect({ origin })).rejects.toThrow('403');
    await expect(connect({ cookie })).rejects.toThrow('403');
    await expect(connect({ cookie, origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(connect({ ...ownPage(), host: 'evil.example' })).rejects.toThrow('403');
    await expect(connect(ownPage(), '/other')).rejects.toThrow('403');
    expect((await connect(ownPage())).readyState).toBe(WebSocket.OPEN);
  });
});

describe('talking', () => {
  test('requests are answered by id', async () => {
    const socket = await connect(ownPage());
    const answer = await ask(socket, { type: 'request', id: 7, name: 'tracks.get', input: { id: 1 } });
    expect(answer).toEqual({ type: 'response', id: 7, result: { ok: true, value: { echo: { id: 1 } } } });
  });

  test('every page hears every event', async () => {
    const pages = [await connect(ownPage()), await connect(ownPage())];
    const heard = Promise.all(pages.map(next));
    server.engine.emit({ type: 'event', name: 'tracks.changed', payload: { ids: null } });
    expect(await heard).toEqual(Array(2).fill({ type: 'event', name: 'tracks.changed', payload: { ids: null } }));
  });

  test('an unknown command is refused, and the engine never sees it', async () => {
    const socket = await connect(ownPage());
    const answer = await ask(socket, { type: 'request', id: 1, name: 'disk.format', input: {} });
    expect(answer).toMatchObject({ id: 1, result: { ok: false, error: { code: 'input.invalid' } } });
    expect(server.engine.requests).toEqual([]);
  });

  test('a message as large as a whole collection’s playlist is answered', async () => {
    const socket = await connect(ownPage());
    const request = { type: 'request', id: 9, name: 'playlists.import', input: { text: 'x'.repeat(5_000_000) } };
    expect(await ask(socket, request)).toMatchObject({ type: 'response', id: 9, result: { ok: true } });
  });

  test('a handler that throws still answers', async () => {
    const socket = await connect(ownPage());
    const answer = await ask(socket, { type: 'request', id: 2, name: 'settings.get', input: {} });
    expect(answer).toMatchObject({ id: 2, result: { ok: false, error: { code: 'internal' } } });
  });

  test('text that is no message ends the connection', async () => {
    const socket = await connect(ownPage());
    const code = closed(socket);
    socket.send('{{{');
    expect(await code).toBe(1008);
  });

  test('closing the server tells its pages', async () => {
    const socket = await connect(ownPage());
    const code = closed(socket);
    await server.close();
    expect(await code).toBe(1001);
  });
});

describe('host commands', () => {
  const request = (name: string, input: unknown): object => ({ type: 'request', id: 1, name, input });

  test('capabilities of a browser', async () => {
    const answer = await ask(await connect(ownPage()), request('host.capabilities', {}));
    expect(answer).toMatchObject({ result: { value: { kind: 'browser', nativeDialogs: false, demoAvailable: true } } });
  });

  test('no folder dialog', async () => {
    const answer = await ask(await connect(ownPage()), request('host.chooseFolder', {}));
    expect(answer).toMatchObject({ result: { ok: false, error: { code: 'host.unavailable' } } });
  });

  test('folders: home first, hidden ones left out, a missing one told', async () => {
    const socket = await connect(ownPage());
    await mkdir(join(server.dir, '.hidden'));
    expect(await ask(socket, request('host.listFolders', { path: null }))).toMatchObject({
      result: { value: { path: server.dir, folders: [join(server.dir, 'renderer'), join(server.dir, 'resources')] } },
    });
    expect(await ask(socket, request('host.listFolders', { path: join(server.dir, 'none') }))).toMatchObject({
      result: { error: { code: 'folder.missing' } },
    });
    expect(await ask(socket, request('host.listFolders', { path: 'renderer' }))).toMatchObject({
      result: { error: { code: 'input.invalid' } },
    });
    expect(await ask(socket, request('host.listFolders', { path: '/' }))).toMatchObject({ result: { value: { parent: null } } });
  });
});
