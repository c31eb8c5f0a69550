// `stemscape serve`: the same interface and contract as the desktop window, over HTTP and WebSocket on loopback.
import { access } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import packageJson from '../../package.json' with { type: 'json' };
import { StemscapeError } from '../core/domain/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Engine } from '../engine/engine.ts';
import { type BridgeSockets, createBridgeSockets } from './bridge-socket.ts';
import { createRoutes, type Site } from './http-routes.ts';
import { hasOwnHost, hasSocketOrigin } from './request-guard.ts';
import { createSession } from './session.ts';

const LOOPBACK = '127.0.0.1';

export interface ServeOptions {
  engine: Engine;
  /** The built interface: the folder of index.html. */
  rendererDir: string;
  /** Folder that holds demo/. */
  resourcesDir: string;
  logger: Logger;
  /** 0 takes a free one. */
  port?: number;
  foldersToScan?: string[];
  /** Where the folder list starts. */
  homeDir?: string;
}

export interface RunningServer {
  /** The address to open, with its token. */
  url: string;
  token: string;
  port: number;
  /** Ends connections and the server; the engine stays its owner's. */
  close(): Promise<void>;
}

export async function serve(options: ServeOptions): Promise<RunningServer> {
  await requireInterface(options.rendererDir);
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const session = createSession(`stemscape-${port}`);
  const site: Site = { ...options, session, port };
  const host = { homeDir: options.homeDir ?? homedir(), resourcesDir: options.resourcesDir, version: packageJson.version };
  const sockets = createBridgeSockets(options.engine, host, options.logger);
  server.on('request', createRoutes(site));
  server.on('upgrade', (request, socket, head) => upgrade(site, sockets, request, socket, head));
  const folders = options.foldersToScan ?? [];
  if (folders.length > 0) await startScan(options.engine, folders, options.logger);
  const url = `http://${LOOPBACK}:${port}/?token=${session.token}`;
  return { url, token: session.token, port, close: () => close(server, sockets) };
}

/** A folder that is not there is told and does not keep the interface from opening. */
async function startScan(engine: Engine, folders: string[], logger: Logger): Promise<void> {
  const { result } = await engine.handle({ type: 'request', id: 0, name: 'scan.start', input: { folders } });
  if (!result.ok) logger.warn({ folders, code: result.error.code }, result.error.message);
}

async function requireInterface(rendererDir: string): Promise<void> {
  await access(join(rendererDir, 'index.html')).catch((cause: unknown) => {
    throw new StemscapeError('file.missing', `The interface is not built in "${rendererDir}": run "npm run build".`, { cause });
  });
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host: LOOPBACK, port, exclusive: true }, resolve);
  await promise.catch((cause: unknown) => {
    throw new StemscapeError('host.unavailable', `Port ${port} cannot be used: another program may be listening on it.`, {
      cause,
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function upgrade(site: Site, sockets: BridgeSockets, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => socket.destroy());
  const allowed = request.url === '/bridge' && hasOwnHost(request, site.port) && hasSocketOrigin(request, site.port);
  if (!allowed || !site.session.owns(request.headers.cookie)) {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  sockets.server.handleUpgrade(request, socket, head, (client) => sockets.server.emit('connection', client, request));
}

async function close(server: Server, sockets: BridgeSockets): Promise<void> {
  sockets.close();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const forced = setTimeout(() => server.closeAllConnections(), 1000);
  await promise;
  clearTimeout(forced);
}
