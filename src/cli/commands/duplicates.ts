// `stemscape duplicates`: the same recording in several files, and versions of it, with the likely best copy.
import type { Command } from 'commander';
import type { App } from '../../core/app.ts';
import type { DuplicateFile, DuplicateGroup, DuplicateReport } from '../../core/domain/duplicate.ts';
import { EXIT, print, printJson, withApp } from '../context.ts';
import { formatDuration } from '../progress-line.ts';

const MEGABYTE = 1e6;

export function addDuplicates(program: Command): void {
  program
    .command('duplicates')
    .description('the same recording in several files, found by sound')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const report = await follow(app, options.json !== true);
        if (options.json) return printJson(report);
        for (const group of report.groups) printGroup(group);
        print(summaryOf(report));
      });
    });
}

async function follow(app: App, isPlain: boolean): Promise<DuplicateReport> {
  const isTerminal = isPlain && process.stderr.isTTY === true;
  const tell = ({ fraction }: { fraction: number | null }): void => {
    const done = fraction === null ? '' : ` · ${Math.round(100 * fraction)} %`;
    if (isTerminal) process.stderr.write(`\r\u001b[KComparing recordings${done}`);
  };
  const interrupt = (): void => {
    app.neighbours.cancelDuplicates();
    process.once('SIGINT', () => process.exit(EXIT.failed));
  };
  process.once('SIGINT', interrupt);
  app.events.on('duplicates.progress', tell);
  try {
    return await app.neighbours.duplicates();
  } finally {
    process.off('SIGINT', interrupt);
    app.events.off('duplicates.progress', tell);
    if (isTerminal) process.stderr.write('\r\u001b[K');
  }
}

function printGroup({ kind, files, reason, agreement }: DuplicateGroup): void {
  const [best] = files;
  const name = best?.title ? `${best.artist ?? 'Unknown artist'} - ${best.title}` : best?.path;
  const what = kind === 'same' ? 'Same recording' : 'Nearly the same';
  print(`${what} (${(100 * agreement).toFixed(1)} % alike): ${name}`);
  for (const file of files) print(`  ${file === best ? '*' : ' '} ${factsOf(file)}  ${file.path}`);
  print(`    * ${reason}`);
}

function factsOf({ trackId, codec, bitRateBps, sampleRateHz, sizeBytes, durationSec }: DuplicateFile): string {
  const facts = [
    codec ?? 'unknown format',
    bitRateBps === null ? null : `${Math.round(bitRateBps / 1000)} kbit/s`,
    sampleRateHz === null ? null : `${sampleRateHz / 1000} kHz`,
    `${(sizeBytes / MEGABYTE).toFixed(1)} MB`,
    durationSec === null ? null : formatDuration(durationSec),
  ];
  return `${String(trackId).padStart(6)}  ${facts.filter((fact) => fact !== null).join(', ')}`;
}

function summaryOf({ groups, nTracks, nNotCompared }: DuplicateReport): string {
  const same = groups.filter(({ kind }) => kind === 'same');
  const spare = same.flatMap(({ files }) => files.slice(1));
  const spareMegabytes = spare.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / MEGABYTE;
  const nVersions = groups.length - same.length;
  const copies = `${plural(same.length, 'recording has', 'recordings have')} ${plural(spare.length, 'more copy', 'more copies')}`;
  const found =
    groups.length === 0
      ? `No duplicates among ${nTracks} tracks.`
      : `${copies} (${spareMegabytes.toFixed(0)} MB), ${plural(nVersions, 'has', 'have')} other versions, among ${nTracks} tracks.`;
  const notCompared = nNotCompared > 0 ? ` ${nNotCompared} are too short or were analysed before sounds were compared.` : '';
  return `${found}${notCompared}`;
}

function plural(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
