// Reasons of places as they are stored: JSON, or one plain sentence of an older version.
import type { PlaceReason } from '../domain/place-reason.ts';

/** NULL where a person put the track there. */
export function textFromReasons(reasons: readonly PlaceReason[]): string | null {
  return reasons.length === 0 ? null : JSON.stringify(reasons);
}

export function reasonsFromText(text: string | null): PlaceReason[] {
  if (text === null) return [];
  // A sentence may begin with a bracket, but not with two signs that begin a list of objects.
  return text.startsWith('[{"code":') ? (JSON.parse(text) as PlaceReason[]) : [{ code: 'said', text }];
}
