// The commands the shell answers itself, because they need a dialog; all others are the engine's.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOutput, commands, type Request, type Response, type Result } from '../contract/index.ts';
import type { Failure } from '../core/domain/errors.ts';
import type { Engine } from '../engine/engine.ts';

export interface DesktopHost {
  engine: Pick<Engine, 'handle'>;
  resourcesDir: string;
  version: string;
  chooseFolder(): Promise<string | null>;
  chooseExportPath(fileName: string): Promise<string | null>;
  /** Where a folder of tracks, or a format of several files, goes. */
  chooseExportFolder(): Promise<string | null>;
}

const NO_LIST: Failure = { code: 'host.unavailable', message: 'The desktop has a folder dialog: choose with that.' };
const NO_PATH: Failure = { code: 'input.invalid', message: 'Where to write is asked with a dialog, not said by the page.' };

export async function answerRequest(request: Request, host: DesktopHost): Promise<Response> {
  switch (request.name) {
    case 'host.capabilities':
      return respond(request, { ok: true, value: await capabilities(host) });
    case 'host.chooseFolder':
      return respond(request, { ok: true, value: { path: await host.chooseFolder() } });
    case 'host.listFolders':
      return respond(request, { ok: false, error: NO_LIST });
    case 'playlists.export':
      return exportPlaylist(request, host);
    case 'playlists.fillFolder':
      return fillFolder(request, host);
    default:
      return host.engine.handle(request);
  }
}

/** Renders first, so that an unknown or empty playlist is told before anyone names a file. */
async function exportPlaylist(request: Request, host: DesktopHost): Promise<Response> {
  const { input, output } = commands['playlists.export'];
  const parsed = input.safeParse(request.input);
  if (!parsed.success) return host.engine.handle(request);
  if (parsed.data.outPath !== null) return respond(request, { ok: false, error: NO_PATH });
  const rendered = await host.engine.handle(request);
  if (!rendered.result.ok) return rendered;
  const playlist = output.parse(rendered.result.value);
  const outPath = playlist.isTree ? await host.chooseExportFolder() : await host.chooseExportPath(playlist.fileName);
  if (outPath === null) return respond(request, { ok: true, value: { ...playlist, path: null, base64: null } });
  return host.engine.handle({ ...request, input: { ...parsed.data, outPath } });
}

async function fillFolder(request: Request, host: DesktopHost): Promise<Response> {
  const parsed = commands['playlists.fillFolder'].input.safeParse(request.input);
  if (!parsed.success) return host.engine.handle(request);
  if (parsed.data.parent !== null) return respond(request, { ok: false, error: NO_PATH });
  const parent = await host.chooseExportFolder();
  if (parent === null) return respond(request, { ok: true, value: { folder: null, nTracks: 0, leftOut: [] } });
  return host.engine.handle({ ...request, input: { ...parsed.data, parent } });
}

async function capabilities(host: DesktopHost): Promise<CommandOutput<'host.capabilities'>> {
  const demoAvailable = await access(join(host.resourcesDir, 'demo')).then(
    () => true,
    () => false,
  );
  return { kind: 'desktop', nativeDialogs: true, demoAvailable, version: host.version };
}

function respond(request: Request, result: Result<unknown>): Response {
  return { type: 'response', id: request.id, result };
}
