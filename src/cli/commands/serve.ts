// `stemscape serve [FOLDER...]`: the interface on loopback, for a browser; prints its address with a one-time token.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import open from 'open';
import { openEngine } from '../../engine/open-engine.ts';
import { serve } from '../../server/serve.ts';
import { shutdownRequested } from '../../server/shutdown.ts';
import { createLogger, globalOptions, libraryDirOf, print, printJson, resourcesDir } from '../context.ts';

interface ServeFlags {
  port: number;
  open: boolean;
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .argument('[folders...]', 'folders to add and scan')
    .option('--port <n>', 'port on 127.0.0.1; 0 takes a free one', parsePort, 0)
    .option('--no-open', 'do not open a browser')
    .description('serve the interface on this machine only')
    .action(async (folders: string[], flags: ServeFlags, command: Command) => {
      const options = globalOptions(command);
      const logger = createLogger(options);
      const resources = resourcesDir();
      const engine = await openEngine({ libraryDir: libraryDirOf(options), resourcesDir: resources, logger });
      const server = await serve({
        engine,
        rendererDir: resolve(resources, '../out/renderer'),
        resourcesDir: resources,
        logger,
        port: flags.port,
        foldersToScan: folders.map((folder) => resolve(folder)),
      });
      if (options.json) printJson({ url: server.url });
      else print(`Stemscape is at ${server.url}`);
      if (flags.open) await open(server.url).catch(() => logger.info({}, 'No browser could be opened'));
      await shutdownRequested();
      await server.close();
      await engine.close();
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
