// The one place that talks to ONNX Runtime: opens a graph on a provider and runs it on typed arrays.

import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Provider } from '../domain/analysis.ts';
import { StemscapeError } from '../domain/errors.ts';

export interface SessionOptions {
  provider: Provider;
  /** Threads inside one operator. */
  nThreads: number;
}

export interface Input {
  data: Float32Array;
  shape: readonly number[];
}

export interface Session {
  /**
   * Runs the graph once, as far as the named outputs need it (all of them unless told); each as Float32Array in row-major order.
   * @throws StemscapeError model.failed
   */
  run(inputs: Record<string, Input>, outputs?: readonly string[]): Promise<Record<string, Float32Array>>;
  close(): Promise<void>;
}

/** @throws StemscapeError model.failed when the provider or the graph cannot be opened. */
export async function openSession(dir: string, graph: string, options: SessionOptions): Promise<Session> {
  const session = await guard(`The model ${graph} cannot be opened on ${options.provider}`, () =>
    InferenceSession.create(join(dir, graph), {
      executionProviders: options.provider === 'cpu' ? ['cpu'] : [options.provider, 'cpu'],
      intraOpNumThreads: options.nThreads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    }),
  );
  return {
    async run(inputs, outputs) {
      const feeds: Record<string, Tensor> = {};
      for (const [name, input] of Object.entries(inputs)) feeds[name] = new Tensor('float32', input.data, input.shape);
      const results = await guard(`The model ${graph} failed on ${options.provider}`, () =>
        outputs ? session.run(feeds, outputs) : session.run(feeds),
      );
      const values: Record<string, Float32Array> = {};
      for (const [name, tensor] of Object.entries(results)) values[name] = float32(name, tensor);
      return values;
    },
    close: () => session.release(),
  };
}

function float32(name: string, tensor: InferenceSession.OnnxValueMapType[string]): Float32Array {
  const data: unknown = 'data' in tensor ? tensor.data : null;
  if (data instanceof Float32Array) return data;
  throw new StemscapeError('model.failed', `The model's output ${name} is not a float32 tensor.`);
}

async function guard<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof StemscapeError) throw cause;
    const detail = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new StemscapeError('model.failed', `${what}: ${detail}`, { cause });
  }
}
