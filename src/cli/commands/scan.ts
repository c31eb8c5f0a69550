// `stemscape scan [FOLDER...]`: adds folders to the library, analyses what is new, and accounts for every file.
import { type Command, Option } from 'commander';
import { REANALYSE, type Reanalyse, type ScanProgress, type ScanSummary } from '../../core/domain/scan.ts';
import { EXIT, interruptSignal, print, printJson, withApp } from '../context.ts';
import { progressLine } from '../progress-line.ts';

interface ScanFlags {
  progress: 'auto' | 'json' | 'none';
  reanalyse: Reanalyse;
}

export function addScan(program: Command): void {
  program
    .command('scan')
    .argument('[folders...]', 'folders or files to add; none = every folder of the library')
    .description('scan folders, analyse new and changed tracks')
    .addOption(
      new Option('--progress <how>', 'a line on the terminal, JSON events on stdout, or none')
        .choices(['auto', 'json', 'none'])
        .default('auto'),
    )
    .addOption(new Option('--reanalyse <which>', 'also redo these tracks').choices(REANALYSE).default('none'))
    .action(async (folders: string[], flags: ScanFlags, command: Command) => {
      await withApp(command, async (app, options) => {
        const show = progressPrinter(flags.progress);
        const summary = await app.scans.run(
          { folders, reanalyse: flags.reanalyse },
          { signal: interruptSignal(), onProgress: show.progress },
        );
        show.end();
        // Events are for a program, and so is what follows them.
        if (options.json || flags.progress === 'json') printJson(publicSummary(summary));
        else printSummary(summary);
        process.exitCode = exitCodeOf(summary);
      });
    });
}

export function exitCodeOf(summary: ScanSummary): number {
  if (summary.cancelled) return EXIT.failed;
  return summary.failed > 0 ? EXIT.someFailed : EXIT.done;
}

function progressPrinter(how: ScanFlags['progress']): { progress: (progress: ScanProgress) => void; end: () => void } {
  if (how === 'none') return { progress: () => {}, end: () => {} };
  if (how === 'json') {
    return { progress: (progress) => printJson({ event: 'progress', ...progress }), end: () => {} };
  }
  if (!process.stderr.isTTY) return { progress: () => {}, end: () => {} };
  return {
    progress: (progress) => process.stderr.write(`\r\x1b[2K${progressLine(progress, process.stderr.columns ?? 80)}`),
    end: () => process.stderr.write('\r\x1b[2K'),
  };
}

/** The keys that scripts may rely on, in this order. */
export function publicSummary(summary: ScanSummary): object {
  const { found, analysed, unchanged, moved, failed, missing, seconds, skipped, outdated, cancelled } = summary;
  return { found, analysed, unchanged, moved, failed, missing, seconds, skipped, outdated, cancelled };
}

export function printSummary(summary: ScanSummary): void {
  const s = summary;
  print(`${s.cancelled ? 'Stopped' : 'Done'} in ${s.seconds.toFixed(1)} s: ${s.found} audio files found.`);
  print(
    `  ${s.analysed} analysed, ${s.unchanged} unchanged, ${s.moved} moved, ${s.failed} failed, ${s.missing} missing, ${s.skipped} skipped`,
  );
  if (s.failed > 0) print('  `stemscape tracks --status failed` says why; `stemscape scan --reanalyse failed` tries again.');
  if (s.outdated > 0)
    print(`  ${s.outdated} were analysed by an older model: \`stemscape scan --reanalyse outdated\` redoes them.`);
}
