// A kernel head's scores of windows; what a track's own features add to a distance is computed once a track.
import { type Head, type HeadDataset, nTrackFeatures } from '../../domain/training.ts';
import { standardizeRow } from './feature-scale.ts';
import {
  along,
  exponents,
  landmarkPoints,
  type MapPart,
  mapPart,
  type Points,
  partColumns,
  partDirections,
  pointsOf,
  weightedRows,
} from './kernel-map.ts';
import { multiplyTransposed } from './matrix-kernels.ts';

/** Windows and tracks worked on at once; three at a time are multiplied. */
const BLOCK_ROWS = 66;

type Tracks = Pick<HeadDataset, 'windowStart' | 'embeddings' | 'trackFeatures'>;

/** Scores before calibration, Float32Array [nWindows x nGenres], of a head that has a kernel. */
export function createKernelScorer(head: Head): (tracks: Tracks) => Float32Array {
  const m = head.genres.length;
  const distances = head.kernel!.axes ? alongDirections(head) : featureByFeature(head);
  const nLandmarks = head.weights.length / m;
  const weights = Float64Array.from(head.weights);
  const scores = new Float64Array(BLOCK_ROWS * m);
  const owners = new Int32Array(BLOCK_ROWS);
  return ({ windowStart, embeddings, trackFeatures }) => {
    const nTracks = windowStart.length - 1;
    const logits = new Float32Array(windowStart[nTracks]! * m);
    for (let t = 0; t < nTracks; t += BLOCK_ROWS) {
      const end = Math.min(nTracks, t + BLOCK_ROWS);
      distances.begin(trackFeatures, t, end - t);
      let track = t;
      for (let window = windowStart[t]!; window < windowStart[end]!; window += BLOCK_ROWS) {
        const n = Math.min(BLOCK_ROWS, windowStart[end]! - window);
        for (let i = 0; i < n; i++) {
          while (windowStart[track + 1]! <= window + i) track++;
          owners[i] = track - t;
        }
        const phi = distances.exponents(embeddings, window, n, owners);
        for (let at = 0; at < n * nLandmarks; at++) phi[at] = Math.exp(Math.min(0, phi[at]!));
        multiplyTransposed(phi, weights, n, m, nLandmarks, scores);
        for (let at = 0; at < n * m; at++) logits[window * m + at] = scores[at]! + head.bias[at % m]!;
      }
    }
    return logits;
  };
}

/** Works in memory of its own: an answer is good until the next call. */
interface Distances {
  /** Takes up the own features of n <= BLOCK_ROWS tracks from `start`. */
  begin(trackFeatures: Float32Array, start: number, n: number): void;
  /** -1/2 of the squared distances of n <= BLOCK_ROWS windows of those tracks, [n x nLandmarks]; `owners` are their tracks' places. */
  exponents(embeddings: Float32Array, start: number, n: number, owners: Int32Array): Float64Array;
}

/** Squared distances of the two kinds of features add up. */
function featureByFeature(head: Head): Distances {
  const points = landmarkPoints(head.kernel!);
  const m = points.halves.length;
  const [ofWindow, ofTrack] = readers(head);
  const [near, shared] = [partPoints(points, ofWindow.part), partPoints(points, ofTrack.part)];
  const trackExponents = new Float64Array(BLOCK_ROWS * m);
  const out = new Float64Array(BLOCK_ROWS * m);
  return {
    begin: (rows, start, n) => exponents(ofTrack.read(rows, start, n), n, shared, trackExponents),
    exponents(rows, start, n, owners) {
      exponents(ofWindow.read(rows, start, n), n, near, out);
      addOwners(out, trackExponents, m, n, owners);
      return out;
    },
  };
}

/** Places along the directions add up, and so do the squared lengths; then the distances are taken. */
function alongDirections(head: Head): Distances {
  const points = landmarkPoints(head.kernel!);
  const { k } = points;
  const [ofWindow, ofTrack] = readers(head);
  const [own, shared] = [partDirections(head.kernel!, ofWindow.part), partDirections(head.kernel!, ofTrack.part)];
  const out = new Float64Array(BLOCK_ROWS * points.halves.length);
  const placed = ({ values, halves }: Points, n: number, directions: Float64Array, part: MapPart): Points => ({
    values: along(values, n, directions, part, k),
    k,
    halves,
  });
  let tracks = pointsOf(new Float64Array(0), k);
  return {
    begin(rows, start, n) {
      tracks = placed(ofTrack.read(rows, start, n), n, shared, ofTrack.part);
    },
    exponents(rows, start, n, owners) {
      const windows = placed(ofWindow.read(rows, start, n), n, own, ofWindow.part);
      addOwners(windows.values, tracks.values, k, n, owners);
      addOwners(windows.halves, tracks.halves, 1, n, owners);
      exponents(windows, n, points, out);
      return out;
    },
  };
}

function addOwners(rows: Float64Array, ofTracks: Float64Array, width: number, n: number, owners: Int32Array): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < width; j++) rows[i * width + j] = rows[i * width + j]! + ofTracks[owners[i]! * width + j]!;
}

/** The part's columns of the points. */
function partPoints({ values, halves }: Points, part: MapPart): Points {
  return pointsOf(partColumns(values, halves.length, part), part.columns.length, halves.length);
}

interface Reader {
  part: MapPart;
  /** Weighted features of n <= BLOCK_ROWS rows of raw ones from `start`. */
  read(rows: Float32Array, start: number, n: number): Points;
}

/** Of a window's embedding, and of its track's own features. */
function readers(head: Head): [Reader, Reader] {
  const reader = (offset: number, d: number): Reader => {
    const part = mapPart(head.kernel!, offset, d);
    const z = new Float64Array(BLOCK_ROWS * d);
    return {
      part,
      read(rows, start, n) {
        for (let i = 0; i < n; i++) standardizeRow(rows, start + i, d, head, offset, z, i * d);
        return pointsOf(weightedRows(part, z, n), part.columns.length, n);
      },
    };
  };
  return [reader(0, head.embeddingSize), reader(head.embeddingSize, nTrackFeatures(head))];
}
