// A training in a process of its own, to be killed: node fine-tune-child.ts RUN OUT. Says a line an epoch.
import { fineTune } from '../../../../src/core/training/finetune/fine-tune.ts';

const [runDir = '', outDir = ''] = process.argv.slice(2);

await fineTune({
  runDir,
  outDir,
  backend: 'wasm',
  onEpoch: ({ epoch }) => process.stdout.write(`epoch ${epoch}\n`),
});
