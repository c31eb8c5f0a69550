// Where gradients are computed: TensorFlow's native library where a person has installed it, else WebAssembly, which is always there.
import { createRequire } from 'node:module';
import util from 'node:util';
import { env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { TENSOR_BACKENDS, type TensorBackend } from '../../domain/analysis.ts';
import { StemscapeError } from '../../domain/errors.ts';
import { registerGradients } from './gradients.ts';

const loadPackage = createRequire(import.meta.url);

/** Name of the backend that both native packages register. */
const NATIVE = 'tensorflow';

let opened: TensorBackend | null = null;

/**
 * Opens a tensor backend for this process. 'auto' takes the first of TENSOR_BACKENDS that works here.
 * @throws StemscapeError host.unavailable when the backend asked for by name cannot be opened
 */
export async function openTensors(preference: 'auto' | TensorBackend): Promise<TensorBackend> {
  if (opened && (preference === 'auto' || preference === opened)) return opened;
  const candidates = preference === 'auto' ? TENSOR_BACKENDS : [preference];
  const reasons: string[] = [];
  for (const name of candidates) {
    try {
      await (name === 'wasm' ? openWasm() : openNative(name));
      registerGradients();
      opened = name;
      return name;
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  throw new StemscapeError('host.unavailable', `No tensor backend can be opened here (${reasons.join('; ')}).`);
}

async function openWasm(): Promise<void> {
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('this processor has no WebAssembly SIMD');
  if (!(await setBackend('wasm')) || getBackend() !== 'wasm') throw new Error('it did not start');
}

async function openNative(name: Exclude<TensorBackend, 'wasm'>): Promise<void> {
  // The packages call a function that Node 23 removed.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  loadPackage(`@tensorflow/${name}`);
  if (!(await setBackend(NATIVE)) || getBackend() !== NATIVE) throw new Error('it did not start');
}
