// A scan in a process of its own, slow enough to be killed: node killed-scan-child.ts LIBRARY MUSIC. Says a line a track.
import { openLibrary } from '../../../src/core/db/open.ts';
import { createScanner } from '../../../src/core/library/scan.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';

const [library = '', music = '', analysisJson = '{}'] = process.argv.slice(2);
const made = JSON.parse(analysisJson);

const scanner = createScanner({
  db: openLibrary(library, { logger: SILENT_LOGGER }),
  analyse: async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    const vector = Float32Array.of(0.5, 0.5);
    const windows = [{ startSec: 0, lengthSec: 1, embedding: vector, logits: vector }];
    const heard = { windows, embedding: vector, probabilities: vector, descriptors: vector, waveform: Uint8Array.of(1) };
    const stemEmbeddings = { bass: vector, drums: null, other: null, vocals: null };
    return { ...made, ...heard, stemEmbeddings, fingerprint: Uint32Array.of(1) };
  },
  concurrency: () => 2,
  versions: () => ({ classifier: made.classifierVersion, separator: made.separatorVersion, profileId: made.profileId }),
  logger: SILENT_LOGGER,
});

await scanner.scan(
  { folders: [music], reanalyse: 'none' },
  { onProgress: ({ stage, done }) => process.stdout.write(`${stage} ${done}\n`) },
);
