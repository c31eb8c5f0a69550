// A server over a fake engine with a page of two files, and a plain HTTP client that sets any header it likes.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { type RunningServer, serve } from '../../src/server/serve.ts';
import { type FakeAnswers, type FakeEngine, fakeEngine } from './fake-engine.ts';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface TestServer extends RunningServer {
  engine: FakeEngine;
  dir: string;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Reply>;
  /** Redeems the token; the Cookie header to send from then on. */
  signIn(): Promise<string>;
  dispose(): Promise<void>;
}

export async function startServer(answers: FakeAnswers = {}, foldersToScan: string[] = []): Promise<TestServer> {
  const dir = await mkdtemp(join(tmpdir(), 'stemscape-server-'));
  const rendererDir = join(dir, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await mkdir(join(dir, 'resources', 'demo'), { recursive: true });
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>Stemscape</title>');
  await writeFile(join(rendererDir, 'assets', 'index.js'), 'export {}');
  await writeFile(join(dir, 'secret.txt'), 'secret');
  const engine = fakeEngine(answers);
  const options = { engine, rendererDir, resourcesDir: join(dir, 'resources'), homeDir: dir, logger: SILENT_LOGGER };
  const server = await serve({ ...options, foldersToScan });
  const get: TestServer['get'] = (path, headers = {}, method = 'GET') => send(server.port, path, headers, method);
  return {
    ...server,
    engine,
    dir,
    get,
    signIn: async () => (await get(`/?token=${server.token}`)).headers['set-cookie']?.[0]?.split(';')[0] ?? '',
    async dispose() {
      await server.close();
      await rm(dir, { recursive: true });
    },
  };
}

async function send(port: number, path: string, headers: Record<string, string>, method: string): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, async (reply) => {
    resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: await text(reply) });
  });
  sent.on('error', reject).end();
  return promise;
}
