// FLAC, Ogg, MP4, WMA, WavPack, Monkey's Audio and Musepack: TagLib (compiled to WebAssembly) writes, music-metadata reads.
// TagLib is not used for ID3v2: it turns version 2.3 into 2.4 and adds an ID3v1 tag. Its other way of working, on the file itself
// instead of in memory, loses "of 12" in track numbers and rewrites ratings, hence `emscripten`.
import { open, readFile, stat } from 'node:fs/promises';
import { TagLib } from 'taglib-wasm';
import { StemscapeError } from '../domain/errors.ts';
import type { TagField } from '../domain/tag-write.ts';
import { freeFormIds, readMetadata, valuesOf } from './other-tags.ts';
import type { TagCodec, TagEdit } from './tag-codec.ts';

/** Files with ID3v2 under another name. */
const NOT_FOR_TAGLIB: ReadonlySet<string> = new Set(['MP3', 'WAV', 'AIFF']);
/** The file lies in memory about three times while it is changed. */
const MAX_FILE_BYTES = 640 << 20;
/** WebAssembly gives no memory back: after a file from here on the next one begins with a fresh module. */
const FRESH_AFTER_BYTES = 64 << 20;
/** Property names as taglib-wasm and TagLib have them; the second is met where a file has it already. */
const PROPERTY_NAMES: Readonly<Record<TagField, readonly [string, ...string[]]>> = {
  genre: ['genre', 'GENRE'],
  bpm: ['bpm', 'BPM'],
  key: ['INITIALKEY', 'initialKey'],
};
/** What Traktor, Mixxx and others read; TagLib itself would write capitals. */
const MP4_PREFIX = '----:com.apple.iTunes:';
const MP4_KEY_ITEM = `${MP4_PREFIX}initialkey`;

type AudioFile = Awaited<ReturnType<TagLib['open']>>;
type Properties = Record<string, string[]>;

let module: Promise<TagLib> | null = null;

export const taglibCodec: TagCodec = {
  async read(path) {
    return { values: valuesOf(await readMetadata(path, true)), raw: null };
  },
  async writeCopy(path, copy, edit) {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) {
      const sentence = `Files of this kind above ${MAX_FILE_BYTES >> 20} MB are not written: they do not fit into memory.`;
      throw new StemscapeError('tags.unsupported', sentence);
    }
    const freeForm = freeFormIds(await readMetadata(path, true));
    const bytes = await changed(await readFile(path), edit, freeForm);
    const target = await open(copy, 'wx');
    try {
      await target.writeFile(bytes);
    } finally {
      await target.close();
    }
  },
};

async function changed(bytes: Buffer, { values }: TagEdit, freeForm: readonly string[]): Promise<Uint8Array> {
  module ??= TagLib.initialize({ forceWasmType: 'emscripten' });
  const taglib = await module;
  if (bytes.length >= FRESH_AFTER_BYTES) module = null;
  const file = await taglib.open(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)).catch(refused);
  try {
    if (NOT_FOR_TAGLIB.has(file.getFormat())) {
      throw new StemscapeError('tags.unsupported', 'The file is of another kind than its name says.');
    }
    const properties = { ...file.properties() } as Properties;
    for (const [field, fresh] of Object.entries(values) as [TagField, readonly string[]][]) {
      for (const name of PROPERTY_NAMES[field]) delete properties[name];
      if (fresh.length > 0 && !(field === 'key' && file.isMP4())) properties[PROPERTY_NAMES[field][0]] = [...fresh];
    }
    file.setProperties(properties);
    if (file.isMP4()) settleMp4(file, values.key, freeForm);
    if (!file.save()) throw new StemscapeError('tags.unsupported', 'TagLib cannot write the tags of this file.');
    return file.getFileBuffer();
  } finally {
    file.dispose();
  }
}

function refused(cause: unknown): never {
  throw new StemscapeError('tags.unsupported', 'TagLib cannot read this file.', { cause });
}

/** TagLib knows free-form items by their names in capitals and adds such a copy of each; the file's own spelling stays. */
function settleMp4(file: AudioFile, key: readonly string[] | undefined, freeForm: readonly string[]): void {
  const kept = new Set(freeForm);
  for (const id of freeForm) {
    const capitals = id.startsWith(MP4_PREFIX) ? MP4_PREFIX + id.slice(MP4_PREFIX.length).toUpperCase() : id;
    if (!kept.has(capitals)) file.removeMP4Item(capitals);
  }
  if (key === undefined) return;
  const item = freeForm.find((id) => id.toLowerCase() === MP4_KEY_ITEM.toLowerCase()) ?? MP4_KEY_ITEM;
  if (key[0] === undefined) file.removeMP4Item(item);
  else file.setMP4Item(item, key[0]);
}
