// The command line: `stemscape COMMAND`. Each command is one file; this one only lists them and maps failures to exit codes.
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { StemscapeError, toFailure } from '../core/domain/errors.ts';
import { addConfusion } from './commands/confusion.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDuplicates } from './commands/duplicates.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addLabel } from './commands/label.ts';
import { addLabels } from './commands/labels.ts';
import { addMap } from './commands/map.ts';
import { addModels } from './commands/models.ts';
import { addPath } from './commands/path.ts';
import { addPlaylist } from './commands/playlist.ts';
import { addPlaylists } from './commands/playlists.ts';
import { addScan } from './commands/scan.ts';
import { addSeparate } from './commands/separate.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addSimilar } from './commands/similar.ts';
import { addSuggest } from './commands/suggest.ts';
import { addTags } from './commands/tags.ts';
import { addTracks } from './commands/tracks.ts';
import { addTrain } from './commands/train.ts';
import { addWhy } from './commands/why.ts';
import { EXIT } from './context.ts';

const COMMANDS = [
  addScan,
  addTracks,
  addShow,
  addWhy,
  addLabel,
  addLabels,
  addSuggest,
  addTrain,
  addModels,
  addConfusion,
  addEvaluate,
  addMap,
  addSimilar,
  addDuplicates,
  addTags,
  addSeparate,
  addPlaylist,
  addPath,
  addPlaylists,
  addExport,
  addImport,
  addServe,
  addDemo,
  addDoctor,
];

export function createProgram(): Command {
  const program = new Command('stemscape')
    .description('Organizes a music library by how it sounds. Nothing leaves the machine.')
    .version(packageJson.version)
    .option('--library <dir>', "the library's folder (default: the platform's data folder)")
    .option('--json', 'machine-readable output on stdout, one JSON object a line')
    .option('--verbose', 'detailed logs on stderr')
    .exitOverride()
    .showHelpAfterError('(stemscape --help lists the commands)');
  for (const add of COMMANDS) add(program);
  return program;
}

/** @returns the exit code */
async function main(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`stemscape: ${toFailure(error).message}\n`);
    if (!(error instanceof StemscapeError) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
    return error instanceof StemscapeError && error.code === 'input.invalid' ? EXIT.usage : EXIT.failed;
  }
}

// `stemscape tracks | head`: who reads has had enough, and that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
