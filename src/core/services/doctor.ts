// Checks an installation: versions, decoders, models, inference providers with measured speed, and where the library lies.
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { reportDecoders } from '../audio/decoders.ts';
import { toFailure } from '../domain/errors.ts';
import { cardOf } from '../nn/model-card.ts';
import {
  type ClassifierManifest,
  readClassifierManifest,
  readSeparatorManifest,
  type SeparatorManifest,
  verifyFiles,
  versionOf,
} from '../nn/model-manifest.ts';
import type { Inference } from './inference.ts';

export interface Check {
  name: string;
  ok: boolean;
  detail: string;
  /** Of a bundled model: what it learned from, and its figures. */
  card?: string[];
}

export interface DoctorParts {
  version: string;
  libraryDir: string;
  demoDir: string;
  separatorDir: string;
  classifierDir: string;
  sqliteVersion: string;
  nTracks: number;
  inference: Inference;
  /** @throws StemscapeError when it is broken */
  describeModelInUse: () => Promise<string>;
}

export async function runDoctor(parts: DoctorParts): Promise<Check[]> {
  return [
    { name: 'Stemscape', ok: true, detail: `${parts.version} on ${runtime()}, ${process.platform}-${process.arch}` },
    { name: 'Processor', ok: true, detail: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}` },
    { name: 'SQLite', ok: true, detail: parts.sqliteVersion },
    ...checkDecoders(),
    await checkModel('Separator', parts.separatorDir, readSeparatorManifest, versionOf),
    await checkModel(
      'Classifier',
      parts.classifierDir,
      readClassifierManifest,
      (manifest) => `${versionOf(manifest)}, ${manifest.genres.length} genres`,
    ),
    await check('Model in use', parts.describeModelInUse),
    ...(await checkProviders(parts.inference)),
    checkAccelerator(),
    await check('Library', async () => {
      await access(parts.libraryDir, constants.W_OK);
      return `${parts.libraryDir}, ${parts.nTracks} tracks`;
    }),
    await check('Demo library', async () => {
      await access(parts.demoDir);
      return parts.demoDir;
    }),
  ];
}

function runtime(): string {
  const electron = process.versions.electron;
  return electron === undefined ? `Node ${process.versions.node}` : `Electron ${electron}`;
}

async function check(name: string, describe: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await describe() };
  } catch (error) {
    return { name, ok: false, detail: toFailure(error).message };
  }
}

function checkDecoders(): Check[] {
  const { ffmpegVersion, readable, missing } = reportDecoders();
  const gap = missing.length > 0 ? `; not in this build: ${missing.join(', ')}` : '';
  return [{ name: 'Decoders', ok: missing.length === 0, detail: `FFmpeg ${ffmpegVersion}: ${readable.join(', ')}${gap}` }];
}

/** A bundled model with its card: whether its files are whole, and what its manifest says of it. */
async function checkModel<M extends ClassifierManifest | SeparatorManifest>(
  name: string,
  dir: string,
  read: (dir: string) => Promise<M>,
  describe: (manifest: M) => string,
): Promise<Check> {
  let card: string[] = [];
  const checked = await check(name, async () => {
    const manifest = await read(dir);
    await verifyFiles(dir, manifest);
    card = cardOf(manifest);
    return describe(manifest);
  });
  return { ...checked, card };
}

/** A provider that this machine lacks is no fault; only a CPU that cannot run the models is. */
async function checkProviders(inference: Inference): Promise<Check[]> {
  try {
    const { chosen, reports } = await inference.measure();
    return reports.map(({ provider, detail }) => {
      const mark = provider === chosen ? ', in use' : '';
      return { name: `Inference on ${provider}`, ok: true, detail: detail + mark };
    });
  } catch (error) {
    return [{ name: 'Inference', ok: false, detail: toFailure(error).message }];
  }
}

/** The optional native TensorFlow for training; absent on most machines. */
function checkAccelerator(): Check {
  const name = 'tfjs-node-gpu';
  try {
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
    return { name, ok: true, detail: 'installed (optional accelerator for training)' };
  } catch {
    return { name, ok: true, detail: 'not installed (optional; `npm run accelerator` installs it)' };
  }
}
