// A model as one file: what comes out is what went in, and whatever is wrong with a file is said and refused.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { packModel, unpackModel } from '../../../src/core/models/model-file.ts';
import { encodeHead } from '../../../src/core/training/head/head-file.ts';
import { sampleHead } from '../../support/sample-head.ts';
import { sampleModel } from '../../support/sample-model.ts';

const MODEL = sampleModel({
  name: 'Quick, 21 Nov',
  head: encodeHead(sampleHead()),
  labels: [
    { trackId: 5, contentHash: 'aa', genre: 'Jazz' },
    { trackId: 8, contentHash: 'bb', genre: 'Rock' },
  ],
  outOfFoldTracks: Int32Array.of(8),
  outOfFold: Float32Array.of(0.25, 0.75),
});
const NETWORK = new Map([
  ['model.json', strToU8('{}')],
  ['model.bin', new Uint8Array(1000).fill(7)],
]);

/** The file with some parts changed and, if wished, their checksums with them. */
function altered(change: (parts: Record<string, Uint8Array>) => void): Uint8Array {
  const parts = unzipSync(packModel(MODEL, new Map()));
  change(parts);
  return zipSync(parts);
}
const refused = (bytes: Uint8Array, detail: RegExp) =>
  expect(() => unpackModel(bytes)).toThrow(
    expect.objectContaining({ code: 'model.corrupt', message: expect.stringMatching(detail) }),
  );

describe('a model file', () => {
  it('gives back every part', () => {
    const back = unpackModel(packModel({ ...MODEL, encoderFolder: 'own' }, NETWORK));
    const { labels, evaluation, settings, seed, name, labelsHash } = MODEL;
    expect(back.description).toMatchObject({ evaluation, settings, seed, name, labelsHash, hasOwnEncoder: true });
    expect(back.description.labels).toEqual(labels.map(({ contentHash, genre }) => ({ contentHash, genre })));
    expect([...back.head]).toEqual([...MODEL.head]);
    expect([...back.verdicts]).toEqual([0.25, 0.75]);
    expect([...back.verdictLabels]).toEqual([1]);
    expect([...back.encoderFiles.keys()]).toEqual([...NETWORK.keys()]);
    expect([...back.encoderFiles.get('model.bin')!]).toEqual([...NETWORK.get('model.bin')!]);
  });

  it('is the same bytes for the same model', () => {
    expect(Buffer.compare(packModel(MODEL, NETWORK), packModel(MODEL, NETWORK))).toBe(0);
  });

  it('is refused when it is something else, or cut', () => {
    refused(strToU8('an MP3, perhaps'), /not a model file/);
    refused(zipSync({ 'photo.jpg': new Uint8Array(9) }), /not a model of Stemscape/);
    refused(packModel(MODEL, new Map()).slice(0, 900), /not a model file/);
  });

  it('is refused when one byte of any part changed', () => {
    for (const name of ['model.json', 'head.bin', 'verdicts.bin', 'verdict-labels.bin']) {
      refused(
        altered((parts) => {
          parts[name]![0]! ^= 1;
        }),
        /checksum/,
      );
    }
    refused(
      altered((parts) => {
        delete parts['head.bin'];
      }),
      /head\.bin is missing/,
    );
  });

  it('is refused when its parts are whole but do not fit each other', async () => {
    const other = packModel({ ...MODEL, head: encodeHead(sampleHead({ genres: ['Ska', 'Dub'] })) }, new Map());
    refused(other, /do not belong together/);
    refused(packModel({ ...MODEL, encoderFolder: 'own' }, new Map()), /network is missing/);
    refused(packModel({ ...MODEL, mode: 'magic' as 'quick' }, new Map()), /mode/);
  });

  it('is refused when a part would be written somewhere else', () => {
    refused(
      altered((parts) => {
        parts['encoder/../../library.db'] = new Uint8Array(3);
      }),
      /strange part/,
    );
  });

  it('describes itself in readable JSON', () => {
    const { 'model.json': description } = unzipSync(packModel(MODEL, new Map()));
    expect(JSON.parse(strFromU8(description!))).toMatchObject({ kind: 'stemscape-model', name: 'Quick, 21 Nov' });
  });
});
