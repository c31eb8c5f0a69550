// A musical key in words.
import { CAMELOT_BY_KEY } from '../../contract/index.ts';
import type { MessageKey } from '../../messages/message-keys.ts';
import { t } from './language.ts';

/** "A minor", "a-Moll"; what is no known key stays as it is. */
export function keyName(key: string): string {
  return CAMELOT_BY_KEY.has(key) ? t(`track.key_${key}` as MessageKey) : key;
}
