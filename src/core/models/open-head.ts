// An own model's head from the registry, checked.
import type { StoredModel } from '../db/model-store.ts';
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { EncoderRef } from '../domain/model.ts';
import type { Head } from '../domain/training.ts';
import { decodeHead } from '../training/head/head-file.ts';

export function encoderOf({ encoder, encoderFolder }: Pick<StoredModel, 'encoder' | 'encoderFolder'>): EncoderRef {
  return { kind: encoderFolder === null ? 'bundled' : 'own', version: encoder };
}

export function unknownModel(): StemscapeError {
  return new StemscapeError('model.unknown', 'There is no such model in this library.');
}

/** @throws StemscapeError model.unknown | model.corrupt */
export function openHead({ models }: Pick<LibraryDb, 'models'>, modelId: string): { model: StoredModel; head: Head } {
  const model = models.get(modelId);
  const bytes = models.head(modelId);
  if (!model || !bytes) throw unknownModel();
  try {
    return { model, head: decodeHead(bytes) };
  } catch (cause) {
    const sentence = `The model "${model.name}" is damaged and cannot be used; the model in use stays as it is.`;
    throw new StemscapeError('model.corrupt', sentence, { cause });
  }
}
