// Media resources by track id: the file itself, a prepared stem, the cover, the waveform and mel pictures.
import type { MediaResource } from '../contract/index.ts';
import type { App } from '../core/app.ts';
import type { MediaAnswer } from './engine.ts';

/** Null when there is no such resource. */
export async function resolveMedia(app: App, resource: MediaResource): Promise<MediaAnswer | null> {
  if (app.tracks.path(resource.id) === null) return null;
  switch (resource.kind) {
    case 'audio':
      return { kind: 'file', ...(await app.playback.file(resource.id)) };
    case 'stem': {
      const path = await app.stems.file(resource.id, resource.stem);
      return path === null ? null : { kind: 'file', path, mediaType: 'audio/wav' };
    }
    case 'cover': {
      const cover = await app.cover(resource.id);
      return cover === null ? null : { kind: 'bytes', bytes: cover.bytes, mediaType: cover.mediaType, headers: {} };
    }
    case 'waveform': {
      const bytes = app.tracks.waveform(resource.id);
      return bytes === null ? null : { kind: 'bytes', bytes, mediaType: 'application/octet-stream', headers: {} };
    }
    case 'mel': {
      const picture = await app.melPicture(resource.id, resource.source, resource.window);
      if (picture === null) return null;
      const headers = { 'x-frames': String(picture.nFrames), 'x-mels': String(picture.nMels) };
      return { kind: 'bytes', bytes: picture.bytes, mediaType: 'application/octet-stream', headers };
    }
  }
}
