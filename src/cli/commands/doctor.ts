// `stemscape doctor`: versions, decoders, models, inference providers with measured speed, and where the library lies.
import type { Command } from 'commander';
import { EXIT, print, printJson, withApp } from '../context.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check this installation and measure its speed')
    .action(async (_flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const checks = await app.doctor();
        for (const check of checks) {
          if (options.json) printJson(check);
          else {
            print(`${check.ok ? 'ok  ' : 'FAIL'}  ${check.name.padEnd(24)} ${check.detail}`);
            for (const line of check.card ?? []) print(`      ${''.padEnd(24)} ${line}`);
          }
        }
        if (checks.some((check) => !check.ok)) process.exitCode = EXIT.failed;
      });
    });
}
