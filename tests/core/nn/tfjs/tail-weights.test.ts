import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Encoder } from '../../../../src/core/nn/encoder.ts';
import { type EncoderManifest, readEncoderManifest } from '../../../../src/core/nn/model-manifest.ts';
import { readTail, writeModel } from '../../../../src/core/nn/tfjs/tail-weights.ts';
import { RESOURCES_DIR } from '../../../support/real-audio.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const NEW_MODEL = { name: 'own', version: '2', trainedOn: 'labels', genres: ['Swing', 'Skiffle'] };

describe.each(['classifier', 'scratch-cnn'])('the tensors of %s', (name) => {
  const base = join(RESOURCES_DIR, 'models', name);

  async function write(change: (values: Map<string, Float32Array>, manifest: EncoderManifest) => void): Promise<string> {
    const manifest = await readEncoderManifest(base);
    const values = new Map(await readTail(base, manifest));
    change(values, manifest);
    const dir = join(tempDir(), 'model');
    await writeModel(base, manifest, dir, NEW_MODEL, values);
    return dir;
  }

  it('written back as they were are the same weights under another name', async () => {
    const dir = await write(() => {});
    for (const file of ['model.bin', 'model.onnx'])
      expect((await readFile(join(dir, file))).equals(await readFile(join(base, file))), file).toBe(true);
    const { name: newName, genres, outputs } = await readEncoderManifest(dir);
    expect({ newName, genres, logits: outputs.logits }).toEqual({
      newName: 'own',
      genres: NEW_MODEL.genres.map((id) => ({ id, name: id })),
      logits: null,
    });
  });

  it('are what ONNX Runtime computes with', async () => {
    // The last tensor but the statistics is a bias of the embedding: twice as large, it moves the embedding by itself.
    const bias = name === 'classifier' ? 'embedding_norm.bias' : 'project.bias';
    let added: Float32Array = new Float32Array();
    const dir = await write((values) => {
      added = values.get(bias)!;
      values.set(
        bias,
        added.map((value) => 2 * value),
      );
    });
    const melDb = Float32Array.from({ length: 60 * 128 }, (_, i) => -40 + 30 * Math.sin(i));
    const [before, after] = await Promise.all(
      [base, dir].map(async (folder) => {
        const encoder = await Encoder.open(folder, { provider: 'cpu', nThreads: 1 });
        const embedding = await encoder.embed(melDb, 1);
        await encoder.close();
        return embedding;
      }),
    );
    expect(before!.length).toBe(added.length);
    for (const [i, value] of after!.entries()) expect(value - before![i]!).toBeCloseTo(added[i]!, 4);
  });

  it('are refused when one byte of the weights differs', async () => {
    const dir = tempDir();
    await cp(base, dir, { recursive: true });
    const weights = await readFile(join(dir, 'model.bin'));
    weights[weights.length - 1]! ^= 1;
    await writeFile(join(dir, 'model.bin'), weights);
    const manifest = await readEncoderManifest(dir);
    await expect(readTail(dir, manifest)).rejects.toMatchObject({ code: 'model.corrupt' });
    await expect(Encoder.open(dir, { provider: 'cpu', nThreads: 1 })).rejects.toMatchObject({ code: 'model.corrupt' });
  });

  it('are refused when model.json gives one a length that is not its shape', async () => {
    const dir = tempDir();
    await cp(base, dir, { recursive: true });
    const json = JSON.parse(await readFile(join(dir, 'model.json'), 'utf8'));
    json.tail.tensors[0].length += 4;
    await writeFile(join(dir, 'model.json'), JSON.stringify(json));
    await expect(readEncoderManifest(dir)).rejects.toMatchObject({ code: 'model.corrupt' });
  });
});
