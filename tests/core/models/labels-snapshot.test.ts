import { describe, expect, it } from 'vitest';
import { classesThen, labelsHash } from '../../../src/core/models/labels-snapshot.ts';

const label = (trackId: number | null, contentHash: string | null, genre: string) => ({ trackId, contentHash, genre });

describe('a snapshot of labels', () => {
  it('hashes contents and genres, neither order nor numbers', () => {
    const hash = labelsHash([label(1, 'aa', 'Jazz'), label(2, 'bb', 'Rock')]);
    expect(labelsHash([label(null, 'bb', 'Rock'), label(9, 'aa', 'Jazz')])).toBe(hash);
    expect(labelsHash([label(1, 'aa', 'Rock'), label(2, 'bb', 'Jazz')])).not.toBe(hash);
    expect(labelsHash([label(1, 'aa', 'Jazz')])).not.toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds the classes that tracks had, through the tree', () => {
    const then = [label(1, 'aa', 'jazz'), label(2, 'bb', 'Bebop'), label(null, 'cc', 'Rock'), label(4, 'dd', 'Polka')];
    expect([...classesThen(then, [1, 2, 3, 4], ['Rock', 'Jazz'], new Map([['bebop', 'Jazz']]))]).toEqual([1, 1, -1, -1]);
  });
});
