// `stemscape train`: learns from the labels, prints what it found out, and leaves the model in use as it is unless told otherwise.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '../../core/app.ts';
import { LABEL_ORIGINS, type LabelOrigin } from '../../core/domain/label.ts';
import { JOIN_RULES, TRAIN_MODES, type TrainMode, type TrainProgress, type TrainRequest } from '../../core/domain/training.ts';
import { seedOf } from '../arguments.ts';
import { EXIT, print, printJson, withApp } from '../context.ts';
import { evaluationLines, planLines } from '../evaluation-text.ts';
import { formatDuration } from '../progress-line.ts';

interface Flags {
  mode: TrainMode;
  genres?: string[];
  origins: LabelOrigin[];
  seed: number;
  join: TrainRequest['join'];
  name?: string;
  use?: boolean;
  resume?: boolean;
  discard?: boolean;
}

const STAGE_WORDS: Record<TrainProgress['stage'], string> = {
  listen: 'Listening',
  finetune: 'Training the network',
  embed: 'Hearing the labelled tracks with it',
  head: 'Learning',
  evaluate: 'Testing',
  done: 'Done',
};

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('learn the labelled genres; the model in use stays until `models use`')
    .addOption(new Option('--mode <mode>', 'what is trained').choices(TRAIN_MODES).default('quick'))
    .option('--genres <names>', 'genres to tell apart, with commas between', namesOf)
    .option('--origins <list>', `labels to learn from: ${LABEL_ORIGINS.join(', ')}`, originsOf, ['hand', 'import'])
    .option('--seed <n>', 'the same labels and seed give the same model', seedOf, 1)
    .addOption(new Option('--join <rule>', 'how windows become one verdict').choices(['auto', ...JOIN_RULES]).default('auto'))
    .option('--name <name>', 'name of the new model')
    .option('--use', 'take it into use at once')
    .option('--resume', 'go on with an interrupted training')
    .option('--discard', 'forget an interrupted training first')
    .action(async (flags: Flags, command: Command) => {
      await withApp(command, async (app, options) => {
        if (flags.discard) await app.training.discard();
        const isPlain = options.json !== true;
        const id = await follow(app, isPlain, () => start(app, flags, isPlain));
        const used = flags.use ? await app.models.use(id) : null;
        const model = app.models.get(id);
        if (!isPlain) return printJson({ ...model, used });
        if (model.evaluation) for (const line of evaluationLines(model.evaluation)) print(line);
        print(`Model ${id}: ${model.name}, made in ${model.seconds?.toFixed(1)} s on ${model.backend}`);
        print(used ? `In use now for ${used.nTracks} tracks.` : `Take it into use with: stemscape models use ${id}`);
      });
    });
}

function start(app: App, flags: Flags, isPlain: boolean): Promise<string> {
  if (flags.resume) return app.training.resumeToEnd();
  const { mode, genres = null, origins, seed, join, name = null } = flags;
  const request: TrainRequest = { mode, genres, origins, seed, join, name };
  const plan = app.training.plan(request);
  if (isPlain) for (const line of planLines(plan)) print(line);
  return app.training.run(request);
}

/** Tells on stderr how far it is; the first Ctrl-C cancels politely, which keeps the best of a gradient training. */
async function follow(app: App, isPlain: boolean, train: () => Promise<string>): Promise<string> {
  const isTerminal = process.stderr.isTTY === true;
  const tell = (progress: TrainProgress): void => {
    const epoch = progress.epochs.at(-1);
    if (isTerminal && isPlain) process.stderr.write(`\r\u001b[K${progressText(progress)}`);
    else if (epoch && progress.stage === 'finetune' && progress.fraction === null)
      process.stderr.write(`${progressText(progress)}\n`);
  };
  const interrupt = (): void => {
    process.stderr.write('\nStopping; press Ctrl-C again to stop at once.\n');
    app.training.cancel();
    process.once('SIGINT', () => process.exit(EXIT.failed));
  };
  process.once('SIGINT', interrupt);
  app.events.on('training.progress', tell);
  try {
    return await train();
  } finally {
    process.off('SIGINT', interrupt);
    app.events.off('training.progress', tell);
    if (isTerminal && isPlain) process.stderr.write('\r\u001b[K');
  }
}

export function progressText({ stage, fraction, remainingSec, epochs }: TrainProgress): string {
  const parts = [STAGE_WORDS[stage]];
  if (fraction !== null) parts.push(`${Math.round(100 * fraction)} %`);
  if (remainingSec !== null) parts.push(`${formatDuration(remainingSec)} left`);
  const epoch = epochs.at(-1);
  if (epoch) parts.push(`epoch ${epoch.epoch}, validation ${Math.round(100 * epoch.validationAccuracy)} % right`);
  return parts.join(' · ');
}

function namesOf(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function originsOf(text: string): LabelOrigin[] {
  return namesOf(text).map((name) => {
    const origin = LABEL_ORIGINS.find((known) => known === name);
    if (!origin) throw new InvalidArgumentError(`labels come from ${LABEL_ORIGINS.join(', ')}`);
    return origin;
  });
}
