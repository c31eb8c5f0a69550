// Application and engine in one call: what every host starts with.
import { createApp } from '../core/app.ts';
import type { AppOptions } from '../core/app-options.ts';
import { createEngine } from './create-engine.ts';
import type { Engine } from './engine.ts';

export async function openEngine(options: AppOptions): Promise<Engine> {
  const app = await createApp(options);
  return createEngine(app, options.logger);
}
