// Takes a model in from a file: everything is checked before anything is written.
import type { LibraryDb } from '../db/open.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { WriteGate } from '../library/write-gate.ts';
import { decodeHead } from '../training/head/head-file.ts';
import { type UnpackedModel, unpackModel } from './model-file.ts';
import { type ModelFolders, newModelId, ownEncoderVersion } from './model-folder.ts';

export interface ImportParts {
  db: LibraryDb;
  folders: ModelFolders;
  gate: WriteGate;
  /** "name version" of the network here. */
  bundledVersion: string;
}

/** @returns the new version's id @throws StemscapeError model.corrupt | model.notReady | model.missing */
export async function importModel({ db, folders, gate, bundledVersion }: ImportParts, bytes: Uint8Array): Promise<string> {
  const unpacked = unpackModel(bytes);
  const { description, encoderFiles } = unpacked;
  if (!description.hasOwnEncoder && description.encoder !== bundledVersion) {
    const sentence = `"${description.name}" was made for ${description.encoder}, but this Stemscape has ${bundledVersion}. Nothing was changed.`;
    throw new StemscapeError('model.notReady', sentence);
  }
  const id = newModelId();
  try {
    const manifest = description.hasOwnEncoder ? await folders.write(id, encoderFiles) : null;
    if (manifest && manifest.embeddingSize !== decodeHead(unpacked.head).embeddingSize) {
      throw new StemscapeError('model.corrupt', 'This model file cannot be taken in: its network does not fit its head.');
    }
    await gate.pass();
    store(db, unpacked, id, manifest && ownEncoderVersion(manifest));
    return id;
  } catch (error) {
    await folders.remove(id);
    throw error;
  }
}

function store(
  db: LibraryDb,
  { description, head, verdicts, verdictLabels }: UnpackedModel,
  id: string,
  ownEncoder: string | null,
): void {
  const { format: _, kind: __, hasOwnEncoder: ___, labels: stored, ...rest } = description;
  const labels = stored.map(({ contentHash, genre }) => {
    const track = contentHash === null ? undefined : db.tracks.byContent(contentHash)[0];
    return { trackId: track?.id ?? null, contentHash, genre };
  });
  const nGenres = description.genres.length;
  const known = Array.from(verdictLabels.keys()).filter((i) => (labels[verdictLabels[i]!]?.trackId ?? null) !== null);
  const outOfFold = new Float32Array(known.length * nGenres);
  for (const [at, i] of known.entries()) outOfFold.set(verdicts.subarray(i * nGenres, (i + 1) * nGenres), at * nGenres);
  db.models.add({
    ...rest,
    id,
    encoder: ownEncoder ?? description.encoder,
    encoderFolder: ownEncoder === null ? null : id,
    labels,
    head,
    outOfFold,
    outOfFoldTracks: Int32Array.from(known, (i) => labels[verdictLabels[i]!]!.trackId!),
  });
}
