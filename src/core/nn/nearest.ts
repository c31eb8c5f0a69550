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
    await this.#steps(queries, dim, candidates, k, ['scores', 'index'], (from, to, found) => {
      scores.set(found.scores!.data as Float32Array, from * k);
      const wide = found.index!.data as BigInt64Array;
      const words = new Int32Array(wide.buffer, wide.byteOffset, 2 * wide.length);
      for (let i = 0; i < wide.length; i++) index[from * k + i] = words[2 * i]!;
      onStep?.(to);
    });
    return { k, index, scores };
  }

  /**
   * Hands out every query's scores of all candidates.
   * @param visit scores Float32Array [n], as in Found, in the candidates' order
   * @throws StemscapeError model.failed
   */
  async forEachScores(
    queries: Float32Array,
    dim: number,
    candidates: Candidates,
    visit: (query: number, scores: Float32Array) => void,
  ): Promise<void> {
    await this.#steps(queries, dim, candidates, 1, ['all'], (from, to, found) => {
      const all = found.all!.data as Float32Array;
      for (let q = from; q < to; q++) visit(q, all.subarray((q - from) * candidates.n, (q - from + 1) * candidates.n));
    });
  }

  async #steps(
    queries: Float32Array,
    dim: number,
    { rows, norms, n }: Candidates,
    k: number,
    outputs: string[],
    take: (from: number, to: number, found: InferenceSession.OnnxValueMapType) => void,
  ): Promise<void> {
    const fixed = {
      candidates: new Tensor('float32', rows, [n, dim]),
      norms: new Tensor('float32', norms, [1, n]),
      k: new Tensor('int64', BigInt64Array.of(BigInt(k)), [1]),
    };
    const nQueries = queries.length / dim;
    const step = Math.max(1, Math.floor(MAX_SCORES / n));
    for (let from = 0; from < nQueries; from += step) {
      const to = Math.min(nQueries, from + step);
      const part = new Tensor('float32', queries.subarray(from * dim, to * dim), [to - from, dim]);
      take(from, to, await guard(() => this.#session.run({ ...fixed, queries: part }, outputs)));
    }
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
