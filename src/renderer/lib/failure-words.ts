// A failure of the engine in the window's language.
import type { Failure } from '../../contract/index.ts';
import { failureSentence } from '../../messages/failures.ts';
import { language } from './language.ts';

export function failureText({ code, message }: Failure): string {
  return failureSentence(language(), code, message);
}
