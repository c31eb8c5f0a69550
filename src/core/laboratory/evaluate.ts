// An evaluation from the dataset to the report: read, hear, split, compute, and a file with all of it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../config/settings.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { LabLeftOut, LabReport, LabRequest } from '../domain/laboratory.ts';
import { writeDurably } from '../training/finetune/durable-file.ts';
import { type LabDataset, type LabTrack, withoutSmallGenres } from './datasets/dataset.ts';
import { openDataset } from './datasets/open-dataset.ts';
import { type Heard, hearAll } from './hear-all.ts';
import type { LabContext } from './lab-context.ts';
import { PROTOCOL_RUNS } from './protocols.ts';
import { splitTracks } from './split.ts';
import { classify } from './study.ts';

/**
 * The same request on the same recordings gives the same figures, interrupted or not.
 * @param outDir where PROTOCOL.json goes
 * @throws StemscapeError folder.* | input.invalid | training.tooFewLabels | cancelled | model.* | disk.full | export.failed
 */
export async function evaluate(
  request: LabRequest,
  context: LabContext,
  outDir: string,
  libraryTracks: () => LabTrack[],
): Promise<LabReport> {
  try {
    return await run(request, context, outDir, libraryTracks);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    throw new StemscapeError('cancelled', 'Stopped; the same command goes on where it was.');
  }
}

async function run(
  request: LabRequest,
  context: LabContext,
  outDir: string,
  libraryTracks: () => LabTrack[],
): Promise<LabReport> {
  const startMs = performance.now();
  context.onProgress({ stage: 'read', done: 0, total: null, remainingSec: null, what: '' });
  const dataset = await openDataset(request, libraryTracks);
  const { heard: all, leftOut } = await hearAll(dataset.tracks, context);
  const known = withoutSmallGenres({
    ...dataset,
    tracks: all.map(({ track }) => track),
    leftOut: [...dataset.leftOut, ...leftOut],
  });
  const kept = new Set(known.tracks);
  const heard = all.filter(({ track }) => kept.has(track));
  const classified = classify(heard);
  const parts = heard.map(({ track }) => track.part);
  const split = splitTracks(known, { ...classified, parts }, request);
  const findings = await PROTOCOL_RUNS[request.protocol]({ request, context, kind: known.kind, heard, ...classified, split });
  const report: LabReport = {
    format: 1,
    protocol: request.protocol,
    dataset: datasetFacts(known, heard, known.leftOut, findings.split ?? split.description),
    settings: settingsOf(request, findings.settings),
    versions: { ...context.versions, node: process.version, platform: `${process.platform} ${process.arch}` },
    tables: findings.tables,
    scatters: findings.scatters,
    distributions: findings.distributions ?? [],
    matrices: findings.matrices ?? [],
    notes: findings.notes,
    seconds: (performance.now() - startMs) / 1000,
  };
  await writeReport(outDir, report);
  context.onProgress({ stage: 'done', done: 1, total: 1, remainingSec: 0, what: '' });
  return report;
}

function settingsOf(
  { seed, split, isQuick, nTunedFolds, nTrials, nEpochs, narrowing }: LabRequest,
  found: Record<string, unknown>,
): Record<string, unknown> {
  const { nWindows, windowSec } = DEFAULT_SETTINGS;
  return { seed, split, isQuick, nTunedFolds, nTrials, nEpochs, narrowing, nWindows, windowSec, ...found };
}

function datasetFacts(
  { kind, dir }: LabDataset,
  heard: readonly Heard[],
  leftOut: LabLeftOut[],
  split: string,
): LabReport['dataset'] {
  const byGenre = Map.groupBy(heard, ({ track }) => track.genre);
  const totalSec = heard.reduce((sum, { hearing }) => sum + hearing.durationSec, 0);
  return {
    kind,
    dir,
    genres: [...byGenre].map(([name, { length }]) => ({ name, nFiles: length })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    nFiles: heard.length,
    meanDurationSec: totalSec / heard.length,
    leftOut,
    split,
  };
}

async function writeReport(outDir: string, report: LabReport): Promise<void> {
  try {
    await mkdir(outDir, { recursive: true });
    await writeDurably(join(outDir, `${report.protocol}.json`), [`${JSON.stringify(report, null, 1)}\n`]);
  } catch (cause) {
    throw new StemscapeError('export.failed', `The results cannot be written into ${outDir}.`, { cause });
  }
}
