// `stemscape demo`: adds the bundled demo library and analyses it.
import type { Command } from 'commander';
import { interruptSignal, printJson, withApp } from '../context.ts';
import { exitCodeOf, printSummary, publicSummary } from './scan.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('scan the bundled demo library')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const summary = await app.scans.run({ folders: [app.demoDir()], reanalyse: 'none' }, { signal: interruptSignal() });
        if (options.json) printJson(publicSummary(summary));
        else printSummary(summary);
        process.exitCode = exitCodeOf(summary);
      });
    });
}
