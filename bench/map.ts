// `node bench/map.ts [peer] [growth]`: what a map costs. `peer` lays 20,000 points out beside scikit-learn's TSNE in the same run (Python
// with bench/peers/requirements.txt, named by PYTHON or python3); `growth` shows seconds from 12,500 to 100,000 points.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hdbscan } from '../src/core/map/clusters/hdbscan.ts';
import { type NearestNeighbours, nearestNeighbours } from '../src/core/map/nearest.ts';
import { placeNewcomers } from '../src/core/map/place.ts';
import { mapQuality } from '../src/core/map/quality.ts';
import { jointAffinities, neighboursFor } from '../src/core/map/tsne/affinities.ts';
import { optimise } from '../src/core/map/tsne/optimise.ts';
import { tsne } from '../src/core/map/tsne/tsne.ts';
import { createRandom, normal } from '../src/core/training/random.ts';

const [DIM, N_CAUSES, N_GROUPS, PERPLEXITY] = [192, 20, 40, 30];
const N_PEER = 20_000;
const GROWTH = [12_500, 25_000, 50_000, 100_000];
const N_FRESH = 1000;
const PEER = new URL('./peers/tsne.py', import.meta.url).pathname;

/**
 * 20 causes mixed into 192 features with noise. 'groups': 40 groups of different width; 'cloud': one cloud without groups, the hardest
 * case for a search that looks into cells.
 */
function pointsOf(n: number, kind: 'groups' | 'cloud'): Float32Array {
  const random = createRandom(1);
  const normals = (length: number, size = 1): Float32Array => Float32Array.from({ length }, () => size * normal(random));
  const mixes = normals(N_CAUSES * DIM, kind === 'groups' ? 0.25 : 1);
  const centres = normals(N_GROUPS * N_CAUSES, 3);
  const widths = Float32Array.from({ length: N_GROUPS }, () => 0.5 + random.next());
  const points = normals(n * DIM, 0.5);
  for (let i = 0; i < n; i++) {
    const group = random.below(N_GROUPS);
    for (let c = 0; c < N_CAUSES; c++) {
      const own = normal(random);
      const cause = kind === 'groups' ? centres[group * N_CAUSES + c]! + widths[group]! * own : own / Math.sqrt(1 + c / 4);
      for (let j = 0; j < DIM; j++) points[i * DIM + j] = points[i * DIM + j]! + cause * mixes[c * DIM + j]!;
    }
  }
  return points;
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1000, result };
}

async function besidePeer(): Promise<void> {
  const points = pointsOf(N_PEER, 'groups');
  const dir = mkdtempSync(join(tmpdir(), 'stemscape-bench-'));
  try {
    const [source, target] = [join(dir, 'points.f32'), join(dir, 'positions.f32')];
    writeFileSync(source, points);
    const jobs = String(availableParallelism());
    const args = [PEER, source, String(N_PEER), String(DIM), String(PERPLEXITY), jobs, target];
    const peer = JSON.parse(execFileSync(process.env.PYTHON ?? 'python3', args, { encoding: 'utf8' }));
    const own = await tsne(points, N_PEER, DIM, { perplexity: PERPLEXITY, seed: 1 });
    const { index, squared } = await nearestNeighbours(points, N_PEER, DIM, neighboursFor(PERPLEXITY, N_PEER));
    const bytes = readFileSync(target);
    const theirs = Float64Array.from(new Float32Array(bytes.buffer, bytes.byteOffset, 2 * N_PEER));
    const again = await optimise(jointAffinities(index, squared, N_PEER, PERPLEXITY), theirs, { nIterations: 0 });
    console.log(`${N_PEER} points x ${DIM}, perplexity ${PERPLEXITY}, ${jobs} cores`);
    console.log(`scikit-learn ${peer.version}: ${peer.seconds.toFixed(1)} s, divergence ${peer.divergence.toFixed(4)}`);
    console.log(`its map by our measure: divergence ${again.divergence.toFixed(4)}`);
    console.log(`Stemscape: ${own.seconds.toFixed(1)} s, divergence ${own.divergence.toFixed(4)}`);
    const percent = 100 * (own.divergence / peer.divergence - 1);
    console.log(`${(peer.seconds / own.seconds).toFixed(1)} times faster, divergence ${percent.toFixed(2)} % from its`);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function growth(): Promise<void> {
  console.log('points   neighbours  whole map  divergence  quality  clusters  1,000 newcomers  (seconds)');
  for (const n of GROWTH) {
    const points = pointsOf(n, 'groups');
    const near = await timed(() => nearestNeighbours(points, n, DIM, neighboursFor(PERPLEXITY, n)));
    const map = await timed(() => tsne(points, n, DIM, { perplexity: PERPLEXITY, seed: 1 }));
    const { positions, divergence } = map.result;
    const quality = await timed(() => mapQuality(points, positions, n, DIM, 10));
    const clusters = await timed(() => hdbscan(positions, n, 2, { minClusterSize: 50, minSamples: 10 }));
    const fresh = points.slice(0, N_FRESH * DIM).map((value, at) => value + 0.1 * Math.sin(at));
    const placed = await timed(() => placeNewcomers({ points, positions, n }, fresh, N_FRESH, DIM, { perplexity: PERPLEXITY }));
    const columns = [near, map].map(({ seconds }) => seconds.toFixed(1).padStart(10));
    const rest = [quality, clusters, placed].map(({ seconds }) => seconds.toFixed(2).padStart(9));
    console.log(`${String(n).padEnd(9)}${columns.join(' ')}  ${divergence.toFixed(4)}  ${rest.join(' ')}`);
    const { trustworthiness, preservation } = quality.result;
    console.log(
      `  trustworthiness ${trustworthiness.toFixed(4)}, preservation ${preservation.toFixed(3)}, ${clusters.result.nClusters} clusters`,
    );
  }
  for (const kind of ['groups', 'cloud'] as const) {
    const [n, k] = [GROWTH.at(-1)!, neighboursFor(PERPLEXITY, GROWTH.at(-1)!)];
    const points = pointsOf(n, kind);
    const exact = await timed(() => nearestNeighbours(points, n, DIM, k, { exactLimit: n }));
    const quick = await timed(() => nearestNeighbours(points, n, DIM, k));
    console.log(
      `${n} points (${kind}): recall ${recall(exact.result, quick.result).toFixed(4)}, ${quick.seconds.toFixed(1)} s (all pairs ${exact.seconds.toFixed(1)} s)`,
    );
  }
}

function recall({ k, index }: NearestNeighbours, found: NearestNeighbours): number {
  let nFound = 0;
  for (let start = 0; start < index.length; start += k) {
    const expected = new Set(index.subarray(start, start + k));
    for (const j of found.index.subarray(start, start + k)) if (expected.has(j)) nFound++;
  }
  return nFound / index.length;
}

console.log(`on ${cpus()[0]?.model}`);
const parts = process.argv.slice(2);
if (parts.length === 0 || parts.includes('peer')) await besidePeer();
if (parts.length === 0 || parts.includes('growth')) await growth();
