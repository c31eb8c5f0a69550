import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOIN_RULES } from '../../../../src/core/domain/training.ts';
import { decodeHead, encodeHead } from '../../../../src/core/training/head/head-file.ts';
import { smallDirectedHead, smallHead, smallKernelHead } from './small-head.ts';

const CORRUPT = expect.objectContaining({ name: 'StemscapeError', code: 'model.corrupt' });

function failureOf(bytes: Uint8Array): unknown {
  try {
    return decodeHead(bytes);
  } catch (error) {
    return error;
  }
}

describe('a head as bytes', () => {
  it.each(JOIN_RULES)('comes back the same (%s)', (join) => {
    const head = smallHead(join);
    expect(decodeHead(encodeHead(head))).toEqual(head);
  });

  it.each(JOIN_RULES)('comes back the same with its landmarks (%s)', (join) => {
    const head = smallKernelHead(join);
    expect(decodeHead(encodeHead(head))).toEqual(head);
  });

  it('comes back the same with directions and stems', () => {
    const head = { ...smallDirectedHead(), nDescriptors: 1, nStemFeatures: 3, stemEncoder: 'stemscape-ecapa 1.2.3' };
    expect(decodeHead(encodeHead(head))).toEqual(head);
  });

  it('has the bytes that the first version gave a linear head', () => {
    const digest = createHash('sha256')
      .update(encodeHead(smallHead('nearestNeighbours')))
      .digest('hex');
    expect(digest).toBe('697812a015df3e0c6f9d5c68f55a14779408495d0bd264907430119169595442');
  });

  it('is refused when its landmarks do not fit', () => {
    const head = smallKernelHead();
    head.kernel!.relevance[1] = -0.5;
    expect(failureOf(encodeHead(head))).toEqual(CORRUPT);
  });

  it('is read from anywhere in a larger buffer', () => {
    const bytes = encodeHead(smallHead('nearestNeighbours'));
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    expect(decodeHead(larger.subarray(3, 3 + bytes.length))).toEqual(smallHead('nearestNeighbours'));
  });

  it('is the same for the same head', () => {
    expect(encodeHead(smallHead())).toEqual(encodeHead(smallHead()));
  });

  it('is refused when any byte is changed', () => {
    const bytes = encodeHead(smallHead('nearestNeighbours'));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = bytes.slice();
        changed[at] = changed[at]! ^ flip;
        expect(failureOf(changed)).toEqual(CORRUPT);
      }),
    );
  });

  it('is refused when it is cut or longer', () => {
    const bytes = encodeHead(smallHead());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(failureOf(bytes.slice(0, length))).toEqual(CORRUPT);
      }),
    );
    expect(failureOf(new Uint8Array([...bytes, 0]))).toEqual(CORRUPT);
  });

  it('is refused with a sentence when it is something else', () => {
    expect(failureOf(new TextEncoder().encode('{"a":"json file that is long enough to hold a checksum"}'))).toMatchObject({
      code: 'model.corrupt',
      message: 'This model cannot be read: it is not a model file.',
    });
  });

  it('is refused when it holds something that is not a number', () => {
    const head = smallHead();
    head.weights[3] = Number.NaN;
    expect(failureOf(encodeHead(head))).toEqual(CORRUPT);
  });
});
