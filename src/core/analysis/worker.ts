// A worker process: one task at a time in, pulses and one answer out. It runs as a forked Node process or as an Electron
// utility process; a decoder that crashes here costs one track and nothing else.
import { availableParallelism } from 'node:os';
import type { TaskNews, TaskResults, WorkerReply, WorkerRequest, WorkerTask } from '../domain/analysis.ts';
import { toFailure } from '../domain/errors.ts';
import { hear } from '../laboratory/hear.ts';
import { cutSegments } from '../laboratory/networks/cut-segments.ts';
import { analyseTrack } from './analyse-track.ts';
import { embedRun, embedTrack, OpenEncoder } from './embed.ts';
import { explainTrack } from './explain-track.ts';
import { findDuplicates } from './find-duplicates.ts';
import { findMoods, followRecipe } from './follow-recipe.ts';
import { listenWindows } from './listen-windows.ts';
import { drawMel } from './mel-picture.ts';
import { Models } from './models.ts';
import { probeModels } from './probe.ts';
import { compareModels, rescoreLibrary, scoreTracks } from './score-library.ts';
import { separateFile } from './separate-file.ts';
import { surveyLibrary } from './survey-library.ts';
import { trainLibraryHead } from './train-head.ts';
import { transcode } from './transcode.ts';
import { connectToParent } from './worker-channel.ts';

const models = new Models();
const encoders = new OpenEncoder();
let queue: Promise<void> = Promise.resolve();

const channel = connectToParent((request) => {
  queue = queue.then(() => answer(request));
});

async function answer({ id, task }: WorkerRequest): Promise<void> {
  const pulse = throttled((fraction, news) => channel.send({ id, type: 'pulse', fraction, ...(news && { news }) }));
  try {
    pulse(null);
    if ('models' in task) await models.use(task.models, threadsFor(task));
    channel.send({ id, type: 'result', result: await run(task, pulse) });
  } catch (error) {
    channel.send({ id, type: 'failure', failure: toFailure(error) } satisfies WorkerReply);
  }
}

/** Tracks are analysed by one worker a core; a whole song is separated by itself, for somebody who waits. */
function threadsFor(task: WorkerTask): number {
  return task.kind === 'separate' ? availableParallelism() : 1;
}

async function run(task: WorkerTask, pulse: Pulse): Promise<TaskResults[WorkerTask['kind']]> {
  switch (task.kind) {
    case 'analyse':
      return analyseTrack(task, models, pulse);
    case 'melPicture':
      return drawMel(task, models);
    case 'separate':
      return separateFile(task, models, pulse);
    case 'transcode':
      return transcode(task, pulse);
    case 'probe':
      return probeModels(task.models, models);
    case 'explainTrack':
      return explainTrack(task, models, encoders, pulse);
    case 'listenWindows':
      return listenWindows(task, pulse);
    case 'fineTune': {
      // Loaded when it is needed: workers that analyse do without a tensor library.
      const { fineTune } = await import('../training/finetune/fine-tune.ts');
      return fineTune({ ...task, onPulse: pulse, onEpoch: (epoch) => pulse(null, { epoch }) });
    }
    case 'embedRun':
      return embedRun(task, pulse);
    case 'embedTrack':
      return embedTrack(task, encoders, pulse);
    case 'trainHead':
      return trainLibraryHead(task, pulse);
    case 'scoreTracks':
      return scoreTracks(task, pulse);
    case 'compareModels':
      return compareModels(task, pulse);
    case 'rescore':
      return rescoreLibrary(task, pulse);
    case 'survey':
      return surveyLibrary(task);
    case 'followRecipe':
      return followRecipe(task);
    case 'findMoods':
      return findMoods(task);
    case 'findDuplicates':
      return findDuplicates(task, pulse);
    case 'drawMap': {
      const { drawMap } = await import('./draw-map.ts');
      return drawMap(task, pulse);
    }
    case 'placeOnMap': {
      const { placeOnMap } = await import('./draw-map.ts');
      return placeOnMap(task, pulse);
    }
    case 'hear':
      return hear(task, models, pulse);
    case 'segments':
      return cutSegments(task, models, pulse);
    case 'labStep': {
      const { runStep } = await import('../laboratory/run-step.ts');
      return runStep(task.step, pulse);
    }
  }
}

type Pulse = (fraction: number | null, news?: TaskNews) => void;

/** At most ten pulses a second, enough for a progress bar and for the pool to know that the worker lives; all news goes out. */
function throttled(send: Pulse): Pulse {
  let lastMs = 0;
  return (fraction, news) => {
    const now = Date.now();
    if (!news && now - lastMs < 100) return;
    lastMs = now;
    send(fraction, news);
  };
}
