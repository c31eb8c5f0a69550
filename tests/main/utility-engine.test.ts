// Utility processes: the engine, and the workers it asks for, each with a port straight to it.
import { beforeEach, expect, test, vi } from 'vitest';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { forked, type UtilityProcessDouble } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));
const { forkEngine } = await import('../../src/main/utility-engine.ts');

const scripts = { enginePath: '/out/engine.js', workerPath: '/out/worker.js' };
beforeEach(() => {
  forked.length = 0;
});

function child(index: number): UtilityProcessDouble {
  const found = forked[index];
  if (!found) throw new Error(`process ${index} was not forked`);
  return found;
}

test('a worker and the engine get the two ends of one channel', () => {
  forkEngine(scripts, SILENT_LOGGER);
  child(0).emit('message', { type: 'forkWorker', id: 7 });
  expect(forked.map((process) => process.path)).toEqual(['/out/engine.js', '/out/worker.js']);
  const [greeting] = child(1).posted;
  const [notice] = child(0).posted;
  expect(greeting?.message).toEqual({ type: 'port' });
  expect(notice?.message).toEqual({ type: 'workerPort', id: 7 });
  expect(greeting?.ports[0]?.other).toBe(notice?.ports[0]);
});

test('the end of a worker is told to the engine', () => {
  forkEngine(scripts, SILENT_LOGGER);
  child(0).emit('message', { type: 'forkWorker', id: 7 });
  child(0).emit('message', { type: 'killWorker', id: 7 });
  expect(child(1).killed).toBe(true);
  child(1).emit('exit', 15);
  expect(child(0).posted.at(-1)?.message).toEqual({ type: 'workerExit', id: 7, exitCode: 15 });
});

test('workers do not outlive the engine, and nothing is sent to one that is gone', () => {
  const exits: unknown[] = [];
  const engine = forkEngine(scripts, SILENT_LOGGER);
  engine.onExit((code) => exits.push(code));
  child(0).emit('message', { type: 'forkWorker', id: 1 });
  child(0).emit('exit', 139);
  child(1).emit('exit', 0);
  engine.post({ type: 'close' });
  expect(child(1).killed).toBe(true);
  expect(exits).toEqual([139]);
  expect(child(0).posted.map(({ message }) => message)).toEqual([{ type: 'workerPort', id: 1 }]);
});

test('a fatal error in a process is logged, not thrown', () => {
  forkEngine(scripts, SILENT_LOGGER);
  expect(() => child(0).emit('error', 'FatalError', 'v8', '')).not.toThrow();
});
