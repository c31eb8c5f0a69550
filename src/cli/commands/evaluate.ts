// `stemscape evaluate`: runs a published protocol on recordings and prints its table with the published figures beside the measured ones.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '../../core/app.ts';
import { StemscapeError } from '../../core/domain/errors.ts';
import {
  type LabProgress,
  type LabReport,
  type LabRequest,
  NARROWINGS,
  PROTOCOLS,
  type ProtocolName,
  SPLITS,
} from '../../core/domain/laboratory.ts';
import { seedOf } from '../arguments.ts';
import { interruptSignal, print, printJson, withApp } from '../context.ts';
import { figuresOf } from '../laboratory/figures.ts';
import { reportLines } from '../laboratory/report-lines.ts';
import { formatDuration } from '../progress-line.ts';

interface Flags {
  dataset?: string;
  protocol: ProtocolName;
  split: LabRequest['split'];
  seed: number;
  jobs?: number;
  tunedFolds?: number;
  trials?: number;
  epochs?: number;
  narrow?: LabRequest['narrowing'];
  out?: string;
  quick?: boolean;
}

const STAGE_WORDS: Record<LabProgress['stage'], string> = {
  read: 'Looking for recordings',
  hear: 'Listening',
  compute: 'Computing',
  done: 'Done',
};

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('run a published protocol on recordings; without --dataset, on the labelled tracks of the library')
    .option('--dataset <dir>', 'folders named by genre, a GTZAN tree, or an FMA tree with its tracks.csv')
    .addOption(new Option('--protocol <name>', 'what is measured').choices(PROTOCOLS).makeOptionMandatory())
    .addOption(new Option('--split <which>', "folds, or the dataset's own split").choices(SPLITS).default('auto'))
    .option('--seed <n>', 'the same recordings and seed give the same figures', seedOf, 1)
    .option('--jobs <n>', 'pieces of work at a time (default: one a worker)', countOf)
    .option('--tuned-folds <n>', 'train the network itself in so many folds only (default: all)', countOf)
    .option('--trials <n>', 'so many trials, where a protocol draws its splits again and again (default: as published)', countOf)
    .option('--epochs <n>', 'train networks of a protocol for so many epochs (default: as published)', countOf)
    .option('--narrow <n>', `divide the widths of published networks by ${NARROWINGS.join(', ')}`, narrowingOf)
    .option('--out <dir>', "where the results go, and what is needed to go on (default: in the library's folder)")
    .option('--quick', 'a smoke version: a few recordings, small sizes')
    .action(async (flags: Flags, command: Command) => {
      await withApp(command, async (app, options) => {
        const request = requestOf(flags);
        const report = await follow(app, request, options.json !== true);
        const files = await writeFigures(app.laboratory.outDirOf(request), report);
        if (options.json) return printJson({ ...report, files });
        for (const line of reportLines(report)) print(line);
        for (const file of files) print(`Wrote ${file}.`);
      });
    });
}

function requestOf({ dataset, protocol, split, seed, jobs, tunedFolds, trials, epochs, narrow, out, quick }: Flags): LabRequest {
  return {
    protocol,
    datasetDir: dataset ?? null,
    split,
    seed,
    nJobs: jobs ?? null,
    outDir: out ?? null,
    isQuick: quick === true,
    nTunedFolds: tunedFolds ?? null,
    nTrials: trials ?? null,
    nEpochs: epochs ?? null,
    narrowing: narrow ?? null,
  };
}

async function follow(app: App, request: LabRequest, isPlain: boolean): Promise<LabReport> {
  const isTerminal = isPlain && process.stderr.isTTY === true;
  const onProgress = (progress: LabProgress): void => {
    if (isTerminal) process.stderr.write(`\r\u001b[K${progressText(progress).slice(0, (process.stderr.columns || 80) - 1)}`);
  };
  try {
    return await app.laboratory.evaluate(request, { signal: interruptSignal(), onProgress });
  } finally {
    if (isTerminal) process.stderr.write('\r\u001b[K');
  }
}

export function progressText({ stage, done, total, remainingSec, what }: LabProgress): string {
  const parts = [STAGE_WORDS[stage]];
  if (total !== null && stage !== 'done') parts[0] += ` ${done} of ${total}`;
  if (remainingSec !== null && stage !== 'done') parts.push(`${formatDuration(remainingSec)} left`);
  if (what !== '') parts.push(what);
  return parts.join(' · ');
}

/** SVG pictures beside the results. @returns the paths of all files */
async function writeFigures(outDir: string, report: LabReport): Promise<string[]> {
  const files = [join(outDir, `${report.protocol}.json`)];
  try {
    await mkdir(outDir, { recursive: true });
    for (const { name, svg } of figuresOf(report)) {
      const file = join(outDir, `${report.protocol}-${name}.svg`);
      await writeFile(file, svg);
      files.push(file);
    }
  } catch (cause) {
    throw new StemscapeError('export.failed', `The figures cannot be written into ${outDir}.`, { cause });
  }
  return files;
}

function countOf(text: string): number {
  const n = Number(text);
  if (Number.isInteger(n) && n >= 0 && n <= 1000) return n;
  throw new InvalidArgumentError('a whole number from 0 on is expected');
}

function narrowingOf(text: string): LabRequest['narrowing'] {
  const found = NARROWINGS.find((narrowing) => narrowing === Number(text));
  if (found) return found;
  throw new InvalidArgumentError(`one of ${NARROWINGS.join(', ')} is expected`);
}
