import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readClassifierManifest,
  readEncoderManifest,
  readSeparatorManifest,
  verifyFiles,
} from '../../../src/core/nn/model-manifest.ts';

const MODELS = join(import.meta.dirname, '../../../resources/models');

describe('model files', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'stemscape-model-'));
    await cp(join(MODELS, 'classifier'), dir, { recursive: true });
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('accepts both bundled models, checksums included', async () => {
    for (const read of [readSeparatorManifest(join(MODELS, 'separator')), readClassifierManifest(join(MODELS, 'classifier'))]) {
      const manifest = await read;
      await verifyFiles(join(MODELS, manifest.kind), manifest);
    }
  });

  it('takes a network without genres for an encoder, not for a classifier', async () => {
    const scratch = join(MODELS, 'scratch-cnn');
    await verifyFiles(scratch, await readEncoderManifest(scratch));
    await expect(readClassifierManifest(scratch)).rejects.toMatchObject({ code: 'model.corrupt' });
    expect((await readEncoderManifest(join(MODELS, 'classifier'))).genres).toHaveLength(14);
  });

  it('names a missing model', async () => {
    await rm(join(dir, 'model.json'));
    await expect(readClassifierManifest(dir)).rejects.toMatchObject({ code: 'model.missing' });
  });

  it('refuses weights that differ in one byte', async () => {
    const manifest = await readClassifierManifest(dir);
    const weights = await readFile(join(dir, manifest.weights));
    weights[1000] = weights[1000]! ^ 1;
    await writeFile(join(dir, manifest.weights), weights);
    await expect(verifyFiles(dir, manifest)).rejects.toMatchObject({ code: 'model.corrupt' });
  });

  it('refuses a model trained on another audio profile, and says which number differs', async () => {
    const json = JSON.parse(await readFile(join(dir, 'model.json'), 'utf8'));
    json.profile.hopSamples = 256;
    await writeFile(join(dir, 'model.json'), JSON.stringify(json));
    await expect(readClassifierManifest(dir)).rejects.toThrow(/hopSamples = 256/);
  });

  it('refuses a description that is no JSON', async () => {
    await writeFile(join(dir, 'model.json'), '{ "format": 1,');
    await expect(readClassifierManifest(dir)).rejects.toMatchObject({ code: 'model.corrupt' });
  });
});
