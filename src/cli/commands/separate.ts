// `stemscape separate FILE --out DIR`: four 44.1 kHz stereo WAVs of the whole song that sum to the input.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { interruptSignal, print, printJson, withApp } from '../context.ts';

export function addSeparate(program: Command): void {
  program
    .command('separate')
    .argument('<file>', 'any audio file')
    .requiredOption('--out <dir>', 'where bass.wav, drums.wav, other.wav and vocals.wav go')
    .addOption(new Option('--bit-depth <bits>', 'sample format of the WAVs').choices(['16', 'float32']).default('16'))
    .description('separate one file into bass, drums, other and vocals')
    .action(async (file: string, flags: { out: string; bitDepth: '16' | 'float32' }, command: Command) => {
      await withApp(command, async (app, options) => {
        const separated = await app.stems.separateFile(resolve(file), resolve(flags.out), {
          bitDepth: flags.bitDepth === '16' ? 16 : 'float32',
          signal: interruptSignal(),
          onPulse: (fraction) => {
            if (process.stderr.isTTY && fraction !== null) process.stderr.write(`\r${Math.round(fraction * 100)} %`);
          },
        });
        if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
        if (options.json) printJson(separated);
        else for (const path of Object.values(separated.files)) print(path);
      });
    });
}
