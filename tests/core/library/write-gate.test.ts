import { describe, expect, it } from 'vitest';
import { createWriteGate } from '../../../src/core/library/write-gate.ts';

describe('the write gate', () => {
  it('lets writers through when open, and keeps them while it is held', async () => {
    const gate = createWriteGate();
    const order: string[] = [];
    await gate.pass();
    const work = Promise.withResolvers<void>();
    const held = gate.hold(() => work.promise.then(() => void order.push('rewritten')));
    const writer = gate.pass().then(() => order.push('labelled'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([gate.isClosed, order]).toEqual([true, []]);
    work.resolve();
    await Promise.all([held, writer]);
    expect([gate.isClosed, order]).toEqual([false, ['rewritten', 'labelled']]);
  });

  it('opens again after a failure, and holders take turns', async () => {
    const gate = createWriteGate();
    let inside = 0;
    const turn = async (fails: boolean) => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside--;
      if (fails) throw new Error('no');
    };
    const results = await Promise.allSettled([
      gate.hold(() => turn(true)),
      gate.hold(() => turn(false)),
      gate.hold(() => turn(true)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    await gate.pass();
  });
});
