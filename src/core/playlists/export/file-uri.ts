// Paths as URIs, every character that means something there percent-encoded.

/** "/music/#1 é.mp3" -> "file:///music/%231%20%C3%A9.mp3"; "C:\a" -> "file:///C:/a"; a share keeps its host. */
export function fileUri(path: string, host = ''): string {
  if (path.startsWith('\\\\')) return `file:${encodeSegments(path.replaceAll('\\', '/'))}`;
  if (/^[A-Za-z]:[\\/]/.test(path)) {
    return `file://${host}/${path.slice(0, 2)}${encodeSegments(path.slice(2).replaceAll('\\', '/'))}`;
  }
  return `file://${host}${encodeSegments(path)}`;
}

/** A relative path stays relative, an absolute one becomes a file URI. */
export function pathUri(path: string): string {
  if (path.startsWith('/') || path.startsWith('\\\\') || /^[A-Za-z]:[\\/]/.test(path)) return fileUri(path);
  const uri = encodeSegments(path);
  // The first segment must not look like a scheme.
  return /^[^/]*%3A/i.test(uri) ? `./${uri}` : uri;
}

function encodeSegments(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** Lone surrogates have no UTF-8 form; see `hasUtf8Form`. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function hasUtf8Form(path: string): boolean {
  return path.isWellFormed();
}
