// Nearest neighbours of many points at once by brute force, on ONNX Runtime with all cores.
import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { StemscapeError } from '../domain/errors.ts';
import { nearestGraph } from './nearest-graph.ts';

/** Scores of one step of the search, 32 MiB: more would not run faster. */
const MAX_SCORES = 8 << 20;

/** Rows to search in. */
export interface Candidates {
  /** Float32Array [n x dim] */
  rows: Float32Array;
  /** Float32Array [n], squared length of each row. */
  norms: Float32Array;
  n: number;
}

export interface Found {
  k: number;
  /** Int32Array [nQueries x k], rows of the candidates. */
  index: Int32Array;
  /** Float32Array [nQueries x k], |c|^2 - 2 q.c, ascending; with |q|^2 it is the squared distance, right to 1e-6 of the squared lengths. */
  scores: Float32Array;
}

export class NearestSearch {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /** @throws StemscapeError model.failed */
  static async open(nThreads = availableParallelism()): Promise<NearestSearch> {
    const options = {
      executionProviders: ['cpu'],
      intraOpNumThreads: nThreads,
      interOpNumThreads: 1,
      logSeverityLevel: 3 as const,
    };
    return new NearestSearch(await guard(() => InferenceSession.create(nearestGraph(), options)));
  }

  /**
   * The k candidates nearest to each query by Euclidean distance.
   * @param queries Float32Array [nQueries x dim]
   * @param k at most the number of candidates
   * @param onStep called with the queries done so far
   * @throws StemscapeError model.failed
   */
  async nearest(
    queries: Float32Array,
    dim: number,
    candidates: Candidates,
    k: number,
    onStep?: (nDone: number) => void,
  ): Promise<Found> {
    const nQueries = queries.length / dim;
    const index = new Int32Array(nQueries * k);
    const scores = new Float32Array(nQueries * k);
    const inputs = {
      candidates: new Tensor('float32', candidates.rows, [candidates.n, dim]),
      norms: new Tensor('float32', candidates.norms, [1, candidates.n]),
      k: new Tensor('int64', BigInt64Array.of(BigInt(k)), [1]),
    };
    const step = Math.max(1, Math.floor(MAX_SCORES / candidates.n));
    for (let from = 0; from < nQueries; from += step) {
      const to = Math.min(nQueries, from + step);
      const rows = new Tensor('float32', queries.subarray(from * dim, to * dim), [to - from, dim]);
      const found = await guard(() => this.#session.run({ ...inputs, queries: rows }));
      scores.set(found.scores!.data as Float32Array, from * k);
      const wide = found.index!.data as BigInt64Array;
      const words = new Int32Array(wide.buffer, wide.byteOffset, 2 * wide.length);
      for (let i = 0; i < wide.length; i++) index[from * k + i] = words[2 * i]!;
      onStep?.(to);
    }
    return { k, index, scores };
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}

async function guard<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new StemscapeError('model.failed', `The search for neighbours failed: ${detail}`, { cause });
  }
}
