// A key's place on the Camelot wheel, for columns and facets.
import { CAMELOT_BY_KEY } from '../../contract/index.ts';

/** "A minor" -> "8A"; null for an unknown key. */
export function camelotOf(key: string | null): string | null {
  return key === null ? null : (CAMELOT_BY_KEY.get(key) ?? null);
}
