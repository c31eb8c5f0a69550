import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cardOf } from '../../../src/core/nn/model-card.ts';
import { readClassifierManifest, readSeparatorManifest } from '../../../src/core/nn/model-manifest.ts';
import { PROJECT_ROOT } from '../../support/real-audio.ts';

const models = join(PROJECT_ROOT, 'resources', 'models');

it('tells every number of a manifest, once and as it is', async () => {
  const manifests = [
    await readClassifierManifest(join(models, 'classifier')),
    await readSeparatorManifest(join(models, 'separator')),
  ];
  for (const manifest of manifests) {
    const [data, weights, ...figures] = cardOf(manifest);
    expect(data).toContain(manifest.trainedOn);
    expect(weights).toContain(manifest.license);
    const numbers = [...JSON.stringify(manifest.figures).matchAll(/:(-?[\d.]+)/g)].map((match) => Number(match[1]));
    const told = [...figures.join('\n').matchAll(/ (-?\d[\d.]*)(?=[,)\n]|$)/g)].map((match) => Number(match[1]));
    expect(told).toEqual(numbers);
    expect(figures.join()).not.toContain('[object');
  }
});
