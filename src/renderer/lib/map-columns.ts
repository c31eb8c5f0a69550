// A map's columns of numbers as they come over the bridge, and how the rows of one map are found in another.
import { bytesFromBase64 } from './base64.ts';

type ColumnType<T> = new (buffer: ArrayBuffer) => T;

/** Little-endian bytes in base64, as every machine that runs a browser has them. */
export function columnOf<T>(type: ColumnType<T>, base64: string): T {
  return new type(bytesFromBase64(base64).buffer);
}

/** For each of `ids` its place in `others`, -1 = not there. Both ascend. */
export function placesIn(others: Int32Array, ids: Int32Array): Int32Array {
  const places = new Int32Array(ids.length);
  let at = 0;
  for (let i = 0; i < ids.length; i++) {
    while (at < others.length && others[at]! < ids[i]!) at += 1;
    places[i] = others[at] === ids[i] ? at : -1;
  }
  return places;
}

/** Place of one id, -1 = not there. */
export function placeOf(ids: Int32Array, id: number): number {
  let [low, high] = [0, ids.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle]!;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
