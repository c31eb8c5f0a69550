// The path of a media resource. Apart from its schema, so that the preload script carries no validator.
import type { MediaResource } from './media.ts';

/** "audio/12", "stem/12/vocals", "mel/12/drums/0". */
export function mediaPath(resource: MediaResource): string {
  switch (resource.kind) {
    case 'stem':
      return `stem/${resource.id}/${resource.stem}`;
    case 'mel':
      return `mel/${resource.id}/${resource.source}/${resource.window}`;
    default:
      return `${resource.kind}/${resource.id}`;
  }
}
